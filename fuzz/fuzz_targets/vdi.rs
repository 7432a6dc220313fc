#![no_main]

use import_planner::image::vdi;

libfuzzer_sys::fuzz_target!(|input: &[u8]| import_planner_fuzz::readers(&[&vdi::READER], input));
