#![no_main]

use import_planner::image::vmdk;

libfuzzer_sys::fuzz_target!(|input: &[u8]| import_planner_fuzz::readers(&[&vmdk::READER], input));
