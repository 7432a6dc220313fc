//! An OVA of a disk of 64 GiB, every grain of which is stored, as ESX exports it: each grain table stands behind its
//! grains, so that the tables lie as far apart as they can.

use super::tools::tool;
use super::{archive, system_disk};
use std::fs::File;
use std::io::{self, BufWriter, Read as _, Seek as _, SeekFrom, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

/// The size of the disk.
pub(crate) const SIZE: u64 = 64 << 30;

const SECTOR_BYTES: usize = 512;
const GRAIN_BYTES: usize = 64 * 1024;
const SECTOR: u64 = SECTOR_BYTES as u64;
const GRAIN: u64 = GRAIN_BYTES as u64;
/// Entries of a grain table.
const ENTRIES: u64 = 512;
/// `gdOffset` of a header whose grain directory is named by the footer.
const AT_END: u64 = u64::MAX;

/// Makes `name` in `folder`; it takes 512 MiB and a little.
pub(crate) fn make(folder: &Path, name: &str) -> PathBuf {
    let raw = system_disk::make(folder, "large.raw", SIZE, 16);
    let path = folder.join(name);
    let written = archive::ova(&path, SIZE, |file| {
        let mut stream = Stream::new(file, &raw, data_of(folder, "large.raw"))?;
        stream.write()?;
        stream.file.flush()
    });
    written.expect("room for the appliance");
    std::fs::remove_file(raw).expect("it was made above");
    path
}

/// The runs of a raw disk that are stored, in bytes.
fn data_of(folder: &Path, name: &str) -> Vec<Range<u64>> {
    let map = tool(folder, "qemu-img", &["map", "-f", "raw", "--output=json", name], "");
    let map: Vec<serde_json::Value> = serde_json::from_str(&map).expect("qemu-img prints JSON");
    let number = |run: &serde_json::Value, key: &str| run[key].as_u64().expect("a number");
    map.iter()
        .filter(|run| run["data"] == true)
        .map(|run| number(run, "start")..number(run, "start") + number(run, "length"))
        .collect()
}

/// A streamOptimized VMDK in the making.
struct Stream<'a> {
    file: BufWriter<&'a mut File>,
    /// How much was written.
    position: u64,
    raw: File,
    data: Vec<Range<u64>>,
    zeros: Vec<u8>,
}

impl<'a> Stream<'a> {
    fn new(file: &'a mut File, raw: &Path, data: Vec<Range<u64>>) -> io::Result<Self> {
        let zeros = compressed(&vec![0; GRAIN_BYTES]);
        Ok(Self {
            file: BufWriter::with_capacity(1 << 20, file),
            position: 0,
            raw: File::open(raw)?,
            data,
            zeros,
        })
    }

    fn write(&mut self) -> io::Result<()> {
        self.put(&header(AT_END))?;
        let text = format!(
            "# Disk DescriptorFile\nversion=1\nCID=5eed5eed\nparentCID=ffffffff\ncreateType=\"streamOptimized\"\n\n\
             # Extent description\nRDONLY {} SPARSE \"disk.vmdk\"\n\n# The Disk Data Base\n#DDB\n\n\
             ddb.adapterType = \"lsilogic\"\nddb.virtualHWVersion = \"13\"\n",
            SIZE / SECTOR
        );
        self.put(text.as_bytes())?;
        self.pad_to(GRAIN)?;
        let mut directory = Vec::new();
        for table in 0..SIZE / GRAIN / ENTRIES {
            let mut entries = Vec::new();
            for grain in table * ENTRIES..(table + 1) * ENTRIES {
                entries.push(self.sector());
                self.write_grain(grain)?;
            }
            self.marker(4, 1)?;
            directory.push(self.sector());
            self.put(&entries.concat())?;
        }
        let bytes = directory.concat();
        self.marker(bytes.len() as u64 / SECTOR, 2)?;
        let place = self.position / SECTOR;
        self.put(&bytes)?;
        self.pad_to(SECTOR)?;
        self.marker(1, 3)?;
        self.put(&header(place))?;
        self.put(&[0; SECTOR_BYTES])
    }

    fn write_grain(&mut self, grain: u64) -> io::Result<()> {
        let start = grain * GRAIN;
        let is_stored = self.data.iter().any(|run| run.start < start + GRAIN && start < run.end);
        let stored = if is_stored {
            let mut bytes = vec![0; GRAIN_BYTES];
            self.raw.seek(SeekFrom::Start(start))?;
            self.raw.read_exact(&mut bytes)?;
            compressed(&bytes)
        } else {
            self.zeros.clone()
        };
        self.put(&(start / SECTOR).to_le_bytes())?;
        self.put(&u32::try_from(stored.len()).map_err(io::Error::other)?.to_le_bytes())?;
        self.put(&stored)?;
        self.pad_to(SECTOR)
    }

    /// The marker before `sectors` of metadata.
    fn marker(&mut self, sectors: u64, kind: u8) -> io::Result<()> {
        let mut marker = [0; SECTOR_BYTES];
        marker[..8].copy_from_slice(&sectors.to_le_bytes());
        marker[12] = kind;
        self.put(&marker)
    }

    /// Where the next byte will stand, as an entry of a table.
    fn sector(&self) -> [u8; 4] {
        u32::try_from(self.position / SECTOR).expect("the file is smaller than 2 TiB").to_le_bytes()
    }

    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.position += bytes.len() as u64;
        self.file.write_all(bytes)
    }

    fn pad_to(&mut self, unit: u64) -> io::Result<()> {
        let padding = self.position.next_multiple_of(unit) - self.position;
        self.put(&vec![0; usize::try_from(padding).map_err(io::Error::other)?])
    }
}

fn compressed(grain: &[u8]) -> Vec<u8> {
    miniz_oxide::deflate::compress_to_vec_zlib(grain, 1)
}

/// The header; the footer is the same but for the place of the grain directory, in sectors.
fn header(directory: u64) -> [u8; 512] {
    /// Newline test, compressed grains, markers.
    const FLAGS: u32 = 1 | 0x1_0000 | 0x2_0000;
    let mut header = [0; 512];
    header[..4].copy_from_slice(b"KDMV");
    header[4..8].copy_from_slice(&3_u32.to_le_bytes());
    header[8..12].copy_from_slice(&FLAGS.to_le_bytes());
    for (at, value) in
        [(12, SIZE / SECTOR), (20, GRAIN / SECTOR), (28, 1), (36, 20), (56, directory), (64, GRAIN / SECTOR)]
    {
        header[at..at + 8].copy_from_slice(&u64::to_le_bytes(value));
    }
    header[44..48].copy_from_slice(&512_u32.to_le_bytes());
    header[73..77].copy_from_slice(b"\n \r\n");
    header[77] = 1;
    header
}
