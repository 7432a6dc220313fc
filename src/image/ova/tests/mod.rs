mod archives;
mod build;
mod conditions;
mod descriptors;
mod hostile;
mod manifests;
