#![no_main]

use import_planner::image::raw;

libfuzzer_sys::fuzz_target!(|input: &[u8]| import_planner_fuzz::readers(&[&raw::READER], input));
