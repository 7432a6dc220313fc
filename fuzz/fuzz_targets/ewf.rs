#![no_main]

use import_planner::image::ewf;

libfuzzer_sys::fuzz_target!(|input: &[u8]| import_planner_fuzz::readers(&[&ewf::READER], input));
