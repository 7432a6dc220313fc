#![no_main]

use import_planner::image::vhdx;

libfuzzer_sys::fuzz_target!(|input: &[u8]| import_planner_fuzz::readers(&[&vhdx::READER], input));
