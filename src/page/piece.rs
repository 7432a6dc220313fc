//! What is to be uploaded: the file that was picked, or a disk inside it.

use super::inspection::UseInspection;
use super::unfinished::UseUnfinished;
use crate::browser::file::Piece;
use crate::present::{DiskSlice, ImageFacts};
use crate::upload::resume::stretch;
use web_sys::File;
use yew::prelude::*;

/// What is to be uploaded.
#[derive(Clone, PartialEq)]
pub(super) struct UsePiece {
    /// The disk of the image, counted from 1; 0 for the image as a whole.
    pub(super) chosen: UseStateHandle<u32>,
    /// Its bytes and its name.
    pub(super) piece: Option<Piece>,
    /// What was kept of unfinished uploads of it.
    pub(super) records: Vec<String>,
}

/// Of another file, the whole is meant until the person chooses; or the disk in it whose upload was begun before.
#[hook]
pub(super) fn use_piece(
    file: Option<File>,
    facts: Option<&ImageFacts>,
    unfinished: &UseUnfinished,
) -> UsePiece {
    let chosen = use_state_eq(|| 0_u32);
    let piece = file.as_ref().and_then(|file| piece(file, facts, *chosen));
    let begun = file.as_ref().zip(facts).and_then(|(file, facts)| {
        let modified = Piece::whole(file).modified;
        let is_kept = |disk: &DiskSlice| unfinished.knows(&stretch(disk.length, modified, disk.offset));
        u32::try_from(facts.disks.iter().position(is_kept)? + 1).ok()
    });
    // Each slice is a new object, so that the place is what tells whether it is the same.
    let place =
        piece.as_ref().map(|piece| (piece.name.clone(), piece.modified, piece.offset, piece.blob.size()));
    let piece = use_memo((file.clone(), place), |_| piece);
    let (reset, choose) = (chosen.setter(), chosen.setter());
    use_effect_with(file.clone(), move |_| reset.set(0));
    use_effect_with((file, begun), move |(_, begun)| {
        if let Some(begun) = begun {
            choose.set(*begun);
        }
    });
    let piece = (*piece).clone();
    let records = piece.as_ref().map(|piece| unfinished.records(&piece.stretch())).unwrap_or_default();
    UsePiece { chosen, piece, records }
}

/// The disks of the machine: its files, or of an appliance those inside it.
pub(super) fn together(inspection: &UseInspection) -> Vec<Piece> {
    let Some((picked, set)) = inspection.state.picked().zip(inspection.state.inspected()) else {
        return Vec::new();
    };
    if let ([], Some((file, image))) = (set.disks.as_slice(), inspection.file().zip(inspection.image())) {
        let disks = image.facts.disks.iter();
        return disks.filter_map(|disk| Piece::part(file, &disk.name, disk.offset, disk.length)).collect();
    }
    let images = set.disks.iter().map(|disk| picked.file_of(set.images.get(*disk)));
    images.flatten().map(Piece::whole).collect()
}

fn piece(file: &File, facts: Option<&ImageFacts>, chosen: u32) -> Option<Piece> {
    let disk = facts.and_then(|facts| facts.disks.get(usize::try_from(chosen).ok()?.checked_sub(1)?));
    match disk {
        Some(disk) => Piece::part(file, &disk.name, disk.offset, disk.length),
        None => Some(Piece::whole(file)),
    }
}
