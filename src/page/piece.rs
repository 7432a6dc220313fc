//! What is to be uploaded: the file that was picked, or a disk inside it; and what was kept of its upload.

use crate::browser::file::Piece;
use crate::browser::storage;
use crate::present::ImageFacts;
use web_sys::File;
use yew::prelude::*;

/// What is to be uploaded.
#[derive(Clone, PartialEq)]
pub(super) struct UsePiece {
    /// The disk of the image, counted from 1; 0 for the image as a whole.
    pub(super) chosen: UseStateHandle<u32>,
    /// Its bytes and its name.
    pub(super) piece: Option<Piece>,
    /// What was kept of an unfinished upload of it.
    pub(super) record: Option<String>,
    /// Looks at that again.
    pub(super) look: Callback<()>,
}

/// Of another file, the whole is meant until the person chooses.
#[hook]
pub(super) fn use_piece(file: Option<File>, facts: Option<&ImageFacts>) -> UsePiece {
    let chosen = use_state_eq(|| 0_u32);
    let piece = file.as_ref().and_then(|file| piece(file, facts, *chosen));
    // Each slice is a new object, so that the place is what tells whether it is the same.
    let place =
        piece.as_ref().map(|piece| (piece.name.clone(), piece.modified, piece.offset, piece.blob.size()));
    let piece = use_memo((file.clone(), place), |_| piece);
    let record = use_state_eq(|| None::<String>);
    let look = {
        let record = record.setter();
        use_callback(piece.clone(), move |(), piece| {
            record.set(piece.as_ref().as_ref().and_then(storage::upload_record));
        })
    };
    let (look_first, reset) = (look.clone(), chosen.setter());
    use_effect_with(piece.clone(), move |_| look_first.emit(()));
    use_effect_with(file, move |_| reset.set(0));
    UsePiece { chosen, piece: (*piece).clone(), record: (*record).clone(), look }
}

fn piece(file: &File, facts: Option<&ImageFacts>, chosen: u32) -> Option<Piece> {
    let disk = facts.and_then(|facts| facts.disks.get(usize::try_from(chosen).ok()?.checked_sub(1)?));
    match disk {
        Some(disk) => Piece::part(file, &disk.name, disk.offset, disk.length),
        None => Some(Piece::whole(file)),
    }
}
