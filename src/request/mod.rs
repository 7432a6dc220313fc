//! What can be asked? The calls as tables, requests in the API's own names, and their validation.

pub mod shape;
pub mod validate;
