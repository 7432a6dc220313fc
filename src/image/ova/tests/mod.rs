mod archives;
pub(crate) mod build;
mod conditions;
mod descriptors;
mod hardware;
mod hostile;
mod manifests;
