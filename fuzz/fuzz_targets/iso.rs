#![no_main]

use import_planner::image::iso;

libfuzzer_sys::fuzz_target!(|input: &[u8]| import_planner_fuzz::readers(&[&iso::READER], input));
