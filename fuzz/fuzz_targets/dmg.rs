#![no_main]

use import_planner::image::dmg;

libfuzzer_sys::fuzz_target!(|input: &[u8]| import_planner_fuzz::readers(&[&dmg::READER], input));
