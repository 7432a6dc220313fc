//! What stands in `index.html` and `www/boot.mjs`, where the page's program is not there yet or did not come: in every
//! language at once, by hand. `tests/house_rules.rs` holds both files to this; no program carries it.

super::texts! {
    /// What is said before the page's program and beside it.
    ShellTexts in shell {
        loading: "Loading …",
        needs_scripts: "This page reads your disk image inside the browser. It needs JavaScript and WebAssembly; please allow them for this site.",
        lacks_webassembly: "This browser has WebAssembly switched off or lacks it. The page needs it to read disk images: allow it for this site, or use a current browser.",
        not_loaded: "The page's program did not load ({error}). Reload the page; if that does not help, its files may be incomplete on the server.",
        help_title: "How this page works",
        help_steps: "Drop a disk image, read the verdict, fill in the request, then copy it or upload from here. The steps at the top lead to each part, in any order.",
        help_findings: "Each finding names what it rests on and the way out, as a command where there is one. What cannot be told from the image is said to be unknown.",
        help_privacy: "Images are read in this browser. An upload goes to your own bucket and nowhere else. Credentials stay in memory; the form is kept in this browser, without them.",
        help_pasting: "“Follow up” takes what you have: a command, JSON, an ARN, the answer to a describe call, an error message.",
        help_keys: "Tab and Shift+Tab lead from one field to the next, the arrow keys from one form of the request to the next. Esc closes this help.",
        help_key: "The key ? opens this help",
        help_link: "What AWS says of VM Import/Export",
        close: "Close",
    }
}
