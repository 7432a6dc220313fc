#![no_main]

use import_planner::image::parallels;

libfuzzer_sys::fuzz_target!(|input: &[u8]| import_planner_fuzz::readers(&[&parallels::READER], input));
