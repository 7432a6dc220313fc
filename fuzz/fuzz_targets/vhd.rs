#![no_main]

use import_planner::image::vhd;

libfuzzer_sys::fuzz_target!(|input: &[u8]| import_planner_fuzz::readers(&[&vhd::READER], input));
