#![no_main]

use import_planner::image::squashfs;

libfuzzer_sys::fuzz_target!(|input: &[u8]| import_planner_fuzz::readers(&[&squashfs::READER], input));
