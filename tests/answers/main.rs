//! Holds the reader of answers to the real thing: its tables to botocore's model, and what it reads to what the real
//! AWS CLI prints in each of its forms of an answer that an endpoint on loopback gives it.

#![cfg(not(target_arch = "wasm32"))]

mod endpoint;
mod model;
mod printed;
#[path = "../python/mod.rs"]
mod python;
mod samples;
