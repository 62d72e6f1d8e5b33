//! The module that the page loads.

fn main() {
    frontend::start();
}
