//! VHD as qemu-img writes it, and bytes built by hand.
