//! The OVF descriptor (DSP0243 1.1.0 §7-9, 2.1.0), and VMware's form of it from before the standard, where sections
//! are `Section` elements told apart by `xsi:type`.
//!
//! Elements and attributes are matched by their local names: writers differ in prefixes and namespaces, the names
//! within are the same in every version. Document type definitions are refused, hence no entity can grow.

use super::capacity::Capacity;
use super::hardware;
use super::manifest::hexadecimal_byte;
use super::xml_limits;
use crate::image::Attachment;
use crate::sentence::{Sentence, sentence};
use roxmltree::{Document, Node, ParsingOptions};
use std::borrow::Cow;
use std::collections::HashMap;

/// How long a descriptor may be, in bytes.
pub(super) const LONGEST: usize = 4 * 1024 * 1024;
/// How many nodes it may have: at most one behind each tag, and the tag itself.
const MOST_NODES: u32 = 400_000;
/// How many disks and files are taken, each.
const MOST_ENTRIES: usize = 1000;
/// VMware's namespace from before the standard.
const OLD_NAMESPACE: &str = "http://www.vmware.com/schema/ovf/1/envelope";

/// The prefixes that writers use without declaring them, and what they stand for.
const WELL_KNOWN_PREFIXES: &[(&str, &str)] = &[
    ("ovf", "http://schemas.dmtf.org/ovf/envelope/1"),
    ("rasd", "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData"),
    ("vssd", "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_VirtualSystemSettingData"),
    ("cim", "http://schemas.dmtf.org/wbem/wscim/1/common"),
    ("xsi", "http://www.w3.org/2001/XMLSchema-instance"),
    ("vmw", "http://www.vmware.com/schema/ovf"),
    ("vbox", "http://www.virtualbox.org/ovf/machine"),
    ("epasd", "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_EthernetPortAllocationSettingData.xsd"),
    ("sasd", "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_StorageAllocationSettingData.xsd"),
    ("ovfenv", "http://schemas.dmtf.org/ovf/environment/1"),
    ("vcloud", "http://www.vmware.com/vcloud/v1.5"),
];

/// What a descriptor says.
#[derive(Debug, Default)]
pub(super) struct Descriptor {
    /// Whether it is in the namespace from before the standard.
    pub is_pre_standard: bool,
    /// The program that wrote it, as a comment says.
    pub creator: Option<String>,
    pub files: Vec<File>,
    pub disks: Vec<Disk>,
    /// How many virtual systems there are.
    pub systems: usize,
    /// The first of them.
    pub system: Option<System>,
}

/// A `File` of `References`.
#[derive(Debug)]
pub(super) struct File {
    pub id: String,
    /// Its name, percent-encoding undone.
    pub href: String,
    /// In bytes.
    pub size: Option<u64>,
    /// Such as `gzip`.
    pub compression: Option<String>,
    /// In bytes.
    pub chunk_size: Option<u64>,
}

/// A `Disk` of the `DiskSection`.
#[derive(Debug)]
pub(super) struct Disk {
    pub id: String,
    /// The file's `id`; none for a blank disk.
    pub file: Option<String>,
    pub capacity: Option<Capacity>,
    /// The `diskId` or file of the disk it builds on.
    pub parent: Option<String>,
    /// Where the first virtual system has it.
    pub attachment: Option<Attachment>,
}

/// A `VirtualSystem`.
#[derive(Debug)]
pub(super) struct System {
    pub name: Option<String>,
    /// The operating system as it is described.
    pub guest: Option<String>,
    /// `bios` or `efi`.
    pub firmware: Option<String>,
    /// The virtual hardware, such as `vmx-13`.
    pub hardware: Option<String>,
}

impl Descriptor {
    /// The place among the disks of the one that the machine starts from: a blank one is none.
    ///
    /// Firmware tries the disks of a kind of controller in their order there. Which kind it tries first is its own
    /// setting, so that with several, or where nothing is said, the descriptor's first disk stands.
    pub(super) fn boot_disk(&self) -> usize {
        let with_file = || self.disks.iter().enumerate().filter(|(_, disk)| disk.file.is_some());
        let attached: Option<Vec<_>> =
            with_file().map(|(at, disk)| Some((at, disk.attachment.as_ref()?))).collect();
        let attached = attached.unwrap_or_default();
        let is_one_bus = attached.windows(2).all(|pair| matches!(pair, [(_, a), (_, b)] if a.bus == b.bus));
        let lowest = attached.iter().min_by_key(|(_, place)| (place.controller, place.unit));
        let lowest = lowest.filter(|_| is_one_bus).map(|(at, _)| *at);
        lowest.or_else(|| with_file().next().map(|(at, _)| at)).unwrap_or_default()
    }
}

impl Disk {
    /// Its capacity in bytes.
    pub(super) fn capacity_in_bytes(&self) -> Option<u64> {
        self.capacity.map(|capacity| capacity.bytes)
    }
}

/// Whether `head`, the beginning of a file, is the beginning of a descriptor.
pub(super) fn is_descriptor(head: &[u8]) -> bool {
    let text = decode(head);
    let mut rest = text.trim_start();
    if !rest.starts_with('<') {
        return false;
    }
    // Past the declaration, the comments and the rest of what may stand before the root element.
    while let Some(end) = prolog(rest) {
        rest = rest.get(end..).unwrap_or_default().trim_start();
    }
    let name = rest.strip_prefix('<').unwrap_or_default();
    let name = name.split(|letter: char| letter.is_whitespace() || matches!(letter, '>' | '/')).next();
    let local = name.unwrap_or_default().rsplit(':').next().unwrap_or_default();
    // SOAP's root element has the same name.
    local == "Envelope" && rest.contains("/ovf/")
}

/// Where the part of the prolog that `text` begins with ends.
fn prolog(text: &str) -> Option<usize> {
    const PARTS: &[(&str, &str)] = &[("<?", "?>"), ("<!--", "-->"), ("<!DOCTYPE", ">")];
    let (_, end) = PARTS.iter().find(|(start, _)| text.starts_with(start))?;
    text.find(end)?.checked_add(end.len())
}

/// UTF-8, UTF-16 with its mark, or, where it is neither, Latin-1.
fn decode(bytes: &[u8]) -> Cow<'_, str> {
    let utf16 = |read: fn([u8; 2]) -> u16| {
        let units = bytes.as_chunks::<2>().0.iter().skip(1).map(|unit| read(*unit));
        char::decode_utf16(units).map(|letter| letter.unwrap_or('\u{fffd}')).collect::<String>().into()
    };
    if bytes.starts_with(b"\xff\xfe") {
        return utf16(u16::from_le_bytes);
    }
    if bytes.starts_with(b"\xfe\xff") {
        return utf16(u16::from_be_bytes);
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => text.into(),
        // A head that was cut within a letter.
        Err(error) if error.error_len().is_none() => String::from_utf8_lossy(bytes),
        Err(_) => bytes.iter().map(|byte| char::from(*byte)).collect::<String>().into(),
    }
}

/// Reads the descriptor `bytes`.
///
/// # Errors
/// Why it is none, with line and column where it is not well-formed: a clause for a person.
pub(super) fn parse(bytes: &[u8]) -> Result<Descriptor, Sentence> {
    let mut text = decode(bytes).into_owned();
    xml_limits::check(&text)?;
    // One more round than there are prefixes to declare.
    for _ in WELL_KNOWN_PREFIXES {
        let options =
            ParsingOptions { allow_dtd: false, nodes_limit: MOST_NODES, ..ParsingOptions::default() };
        match Document::parse_with_options(&text, options) {
            Ok(document) => return read(&document),
            Err(roxmltree::Error::UnknownNamespace(prefix, position)) => {
                text = declare(&text, &prefix).ok_or_else(|| {
                    Sentence::of_error(roxmltree::Error::UnknownNamespace(prefix, position))
                })?;
            }
            Err(error) => return Err(Sentence::of_error(error)),
        }
    }
    Err("too many of its prefixes are undeclared".into())
}

/// `text` with the well-known `prefix` declared at the root element.
fn declare(text: &str, prefix: &str) -> Option<String> {
    let (_, namespace) = WELL_KNOWN_PREFIXES.iter().find(|(known, _)| *known == prefix)?;
    let mut root = text.len().checked_sub(text.trim_start().len())?;
    while let Some(end) = prolog(text.get(root..)?) {
        let after = text.get(root.checked_add(end)?..)?;
        root = text.len().checked_sub(after.trim_start().len())?;
    }
    let name =
        text.get(root..)?.find(|letter: char| letter.is_whitespace() || matches!(letter, '>' | '/'))?;
    let (before, after) = text.split_at(root.checked_add(name)?);
    Some(format!("{before} xmlns:{prefix}=\"{namespace}\"{after}"))
}

fn read(document: &Document) -> Result<Descriptor, Sentence> {
    let root = document.root_element();
    if root.tag_name().name() != "Envelope" {
        return Err(sentence!("its root element is {name}, not Envelope", name = root.tag_name().name()));
    }
    let properties = properties(root);
    let mut descriptor = Descriptor {
        is_pre_standard: root.tag_name().namespace() == Some(OLD_NAMESPACE),
        creator: creator(root),
        ..Descriptor::default()
    };
    let mut attachments = HashMap::new();
    for node in root.descendants().filter(Node::is_element) {
        match kind(node) {
            "File" if parent_is(node, "References") => descriptor.files.extend(file(node)),
            "Disk" if parent_is(node, "DiskSection") => descriptor.disks.push(disk(node, &properties)),
            "VirtualSystem" => {
                descriptor.systems = descriptor.systems.saturating_add(1);
                if descriptor.system.is_none() {
                    descriptor.system = Some(system(node));
                    attachments = hardware::attachments(node);
                }
            }
            _ => {}
        }
        if descriptor.files.len().max(descriptor.disks.len()) > MOST_ENTRIES {
            return Err(sentence!("it names more than {most} files or disks", most = MOST_ENTRIES));
        }
    }
    for disk in &mut descriptor.disks {
        disk.attachment = attachments.get(&disk.id).cloned();
    }
    Ok(descriptor)
}

/// What an element is: its name, or, before the standard, the type of a `Section` or `Content`.
pub(super) fn kind<'a>(node: Node<'a, '_>) -> &'a str {
    let name = node.tag_name().name();
    if !matches!(name, "Section" | "Content") {
        return name;
    }
    let kind = attribute(node, "type").unwrap_or(name);
    let kind = kind.rsplit(':').next().unwrap_or(kind);
    kind.strip_suffix("_Type").unwrap_or(kind)
}

fn parent_is(node: Node, wanted: &str) -> bool {
    node.parent_element().is_some_and(|parent| kind(parent) == wanted)
}

/// An attribute, whatever its namespace.
fn attribute<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attributes().find(|attribute| attribute.name() == name).map(|attribute| attribute.value().trim())
}

fn owned(node: Node, name: &str) -> Option<String> {
    attribute(node, name).filter(|value| !value.is_empty()).map(str::to_owned)
}

/// The defaults of the properties, by their keys, and by their keys with the class before them.
fn properties(root: Node) -> HashMap<String, String> {
    let mut properties = HashMap::new();
    let nodes = root.descendants().filter(|node| node.tag_name().name() == "Property");
    for node in nodes.take(MOST_ENTRIES) {
        let (Some(key), Some(value)) = (attribute(node, "key"), attribute(node, "value")) else { continue };
        let section = node.ancestors().find(|node| kind(*node) == "ProductSection");
        if let Some(class) = section.and_then(|section| attribute(section, "class")) {
            properties.entry(format!("{class}.{key}")).or_insert_with(|| value.to_owned());
        }
        properties.entry(key.to_owned()).or_insert_with(|| value.to_owned());
    }
    properties
}

fn file(node: Node) -> Option<File> {
    let number = |name| attribute(node, name).and_then(|digits| digits.parse().ok());
    Some(File {
        id: owned(node, "id")?,
        href: percent_decoded(attribute(node, "href")?),
        size: number("size"),
        compression: owned(node, "compression").filter(|name| name != "identity"),
        chunk_size: number("chunkSize"),
    })
}

fn disk(node: Node, properties: &HashMap<String, String>) -> Disk {
    let value = |name: &str| {
        let value = attribute(node, name)?;
        let key = value.strip_prefix("${").and_then(|rest| rest.strip_suffix('}'));
        key.map_or(Some(value), |key| properties.get(key).map(String::as_str))
    };
    let units = value("capacityAllocationUnits").unwrap_or("byte");
    Disk {
        id: owned(node, "diskId").unwrap_or_default(),
        file: owned(node, "fileRef"),
        capacity: value("capacity").and_then(|capacity| Capacity::parse(capacity, units)),
        parent: owned(node, "parentRef"),
        attachment: None,
    }
}

fn system(node: Node) -> System {
    let child = |parent: Node, name: &str| {
        let child = parent.children().find(|child| child.tag_name().name() == name)?;
        child.text().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
    };
    let inside = |wanted: &str| node.descendants().find(|inner| kind(*inner) == wanted);
    let section = inside("OperatingSystemSection");
    let config = |wanted: &'static str| {
        let is_wanted =
            |inner: &Node| inner.tag_name().name() == "Config" && attribute(*inner, "key") == Some(wanted);
        node.descendants().find(is_wanted).and_then(|inner| owned(inner, "value"))
    };
    // VirtualBox writes its own machine description into the system.
    let virtualbox = || inside("Firmware").and_then(|inner| owned(inner, "type"));
    let firmware = config("firmware").or_else(virtualbox).map(|name| name.to_ascii_lowercase());
    System {
        name: child(node, "Name").or_else(|| owned(node, "id")),
        guest: section.and_then(|section| child(section, "Description").or_else(|| owned(section, "osType"))),
        firmware: firmware.map(|name| if name.starts_with("efi") { "efi".into() } else { name }),
        hardware: inside("VirtualSystemType")
            .and_then(|inner| inner.text())
            .map(|text| text.trim().to_owned())
            .filter(|text| !text.is_empty()),
    }
}

/// The program that wrote the descriptor, by a comment before or in the root element.
fn creator(root: Node) -> Option<String> {
    let before = root.document().root().children();
    let comments = before.chain(root.children()).filter(Node::is_comment).take(16);
    let mut text = comments.filter_map(|comment| comment.text()).map(str::trim);
    let named = text.find_map(|text| text.strip_prefix("Generated by "));
    let named = named.map(|text| text.chars().take(200).collect());
    let is_virtualbox = || root.namespaces().any(|namespace| namespace.uri().contains("virtualbox.org"));
    named.or_else(|| is_virtualbox().then(|| "VirtualBox".into()))
}

/// The name that the relative reference `href` stands for.
fn percent_decoded(href: &str) -> String {
    let mut bytes = Vec::with_capacity(href.len());
    let mut rest = href.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let escaped = after.first_chunk::<2>().filter(|_| *first == b'%').copied().and_then(hexadecimal_byte);
        bytes.push(escaped.unwrap_or(*first));
        rest = if escaped.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
