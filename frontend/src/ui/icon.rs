//! Line icons, drawn in a 24 × 24 box.

use leptos::prelude::*;

/// An icon of the kit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// Loupe.
    Search,
    /// Plus.
    Plus,
    /// Cross.
    Close,
    /// Tick.
    Check,
    /// Arrow down.
    Down,
    /// Arrow right.
    Right,
    /// Arrow left.
    Left,
    /// Three dots.
    More,
    /// Three lines.
    Menu,
    /// House.
    Home,
    /// One person.
    User,
    /// Several people.
    Users,
    /// Spanner.
    Wrench,
    /// Box.
    Box,
    /// Note of money.
    Money,
    /// Sheet of paper.
    Document,
    /// Cog.
    Settings,
    /// Circle of arrows.
    Refresh,
    /// Arrow into a tray.
    Download,
    /// Arrow out of a tray.
    Upload,
    /// Columns.
    Columns,
    /// Lines close together.
    Density,
    /// Four corners.
    Expand,
    /// Pencil.
    Edit,
    /// Bin.
    Trash,
    /// Paper clip.
    Clip,
    /// Bell.
    Bell,
    /// Clock.
    Clock,
    /// Circle with an i.
    Info,
    /// Triangle with a bang.
    Warning,
    /// Circle with a tick.
    Success,
    /// Padlock.
    Lock,
    /// Cloud with a stroke.
    Offline,
    /// Sun.
    Sun,
    /// Moon.
    Moon,
    /// Globe.
    Globe,
    /// Keyboard.
    Keyboard,
    /// Door with an arrow.
    Exit,
    /// Camera.
    Camera,
    /// Eye.
    Eye,
    /// Eye with a stroke.
    EyeOff,
    /// Ribbon.
    Bookmark,
    /// Bars of a chart.
    Chart,
    /// Telephone.
    Phone,
    /// Printer.
    Print,
    /// Sidebar.
    Panel,
    /// Building.
    Building,
    /// Telephone device.
    Device,
    /// Board of columns.
    Board,
}

impl Icon {
    const fn path(self) -> &'static str {
        match self {
            Icon::Search => "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM20 20l-4-4",
            Icon::Plus => "M12 5v14M5 12h14",
            Icon::Close => "M6 6l12 12M18 6L6 18",
            Icon::Check => "M5 12.5l4.5 4.5L19 7.5",
            Icon::Down => "M6 9l6 6 6-6",
            Icon::Right => "M9 6l6 6-6 6",
            Icon::Left => "M15 6l-6 6 6 6",
            Icon::More => "M5 12h.01M12 12h.01M19 12h.01",
            Icon::Menu => "M4 6h16M4 12h16M4 18h16",
            Icon::Home => "M4 11l8-7 8 7v8a1 1 0 0 1-1 1h-4v-6H9v6H5a1 1 0 0 1-1-1z",
            Icon::User => "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM5 20a7 7 0 0 1 14 0",
            Icon::Users => {
                "M9 5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM3 20a6 6 0 0 1 12 0M16 5.3a3.5 3.5 0 0 1 0 6.4M18 14.5a6 6 0 0 1 3 5.5"
            }
            Icon::Wrench => "M14.7 6.3a4.5 4.5 0 0 0-5.9 5.7L4 16.8 7.2 20l4.8-4.8a4.5 4.5 0 0 0 5.7-5.9L15 12l-3-3z",
            Icon::Box => "M4 8l8-4 8 4v8l-8 4-8-4zM4 8l8 4 8-4M12 12v8",
            Icon::Money => "M3 7h18v10H3zM12 9.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5zM6 10v.01M18 14v.01",
            Icon::Document => "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6",
            Icon::Settings => {
                "M12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM12 3v3M12 18v3M3 12h3M18 12h3M5.6 5.6l2.2 2.2M16.2 16.2l2.2 2.2M18.4 5.6l-2.2 2.2M7.8 16.2l-2.2 2.2"
            }
            Icon::Refresh => "M20 11a8 8 0 0 0-14-4.5L4 9M4 4v5h5M4 13a8 8 0 0 0 14 4.5l2-2.5M20 20v-5h-5",
            Icon::Download => "M12 4v11M7.5 11l4.5 4.5 4.5-4.5M4 20h16",
            Icon::Upload => "M12 16V5M7.5 9L12 4.5 16.5 9M4 20h16",
            Icon::Columns => "M4 5h16v14H4zM9.5 5v14M14.5 5v14",
            Icon::Density => "M4 6h16M4 10h16M4 14h16M4 18h16",
            Icon::Expand => "M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5",
            Icon::Edit => "M4 20l1-4L16 5l3 3L8 19zM14 7l3 3",
            Icon::Trash => "M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13",
            Icon::Clip => {
                "M19 11l-7.5 7.5a4.5 4.5 0 0 1-6.4-6.4L13 4.2a3 3 0 0 1 4.3 4.3l-7.6 7.6a1.5 1.5 0 0 1-2.1-2.2l6.9-6.8"
            }
            Icon::Bell => "M6 17h12l-1.5-2.5V10a4.5 4.5 0 0 0-9 0v4.5zM10 20h4",
            Icon::Clock => "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM12 8v4.5l3 2",
            Icon::Info => "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM12 11v5M12 8v.01",
            Icon::Warning => "M12 4L3 20h18zM12 10v4.5M12 17v.01",
            Icon::Success => "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM8.5 12.2l2.5 2.5 4.5-5",
            Icon::Lock => "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
            Icon::Offline => "M7 18h10a4 4 0 0 0 2.6-7M16 8a6 6 0 0 0-9.6 3.2A3.5 3.5 0 0 0 7 18M4 4l16 16",
            Icon::Sun => {
                "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M18.7 5.3l-1.4 1.4M6.7 17.3l-1.4 1.4"
            }
            Icon::Moon => "M20 14.5A8 8 0 0 1 9.5 4a8 8 0 1 0 10.5 10.5z",
            Icon::Globe => {
                "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM4 12h16M12 4c2.5 2.4 3.5 5 3.5 8s-1 5.600-3.5 8c-2.500-2.400-3.500-5-3.500-8s1-5.600 3.500-8z"
            }
            Icon::Keyboard => "M3 7h18v10H3zM6.500 10.500h.01M10 10.500h.01M13.500 10.500h.01M17 10.500h.01M8 14h8",
            Icon::Exit => "M13 4H5v16h8M10 12h10M16.500 8.500L20 12l-3.500 3.500",
            Icon::Camera => "M4 8h4l1.500-2.500h5L16 8h4v11H4zM12 10.500a3 3 0 1 0 0 6 3 3 0 0 0 0-6z",
            Icon::Eye => {
                "M2.500 12S6 5.500 12 5.500 21.500 12 21.500 12 18 18.500 12 18.500 2.500 12 2.500 12zM12 9.500a2.500 2.500 0 1 0 0 5 2.500 2.500 0 0 0 0-5z"
            }
            Icon::EyeOff => {
                "M4 4l16 16M9.500 6A9 9 0 0 1 12 5.500c6 0 9.500 6.500 9.500 6.500a16 16 0 0 1-3 3.700M6 7.500A16 16 0 0 0 2.500 12S6 18.500 12 18.500a9 9 0 0 0 4-.9"
            }
            Icon::Bookmark => "M7 4h10v16l-5-4-5 4z",
            Icon::Chart => "M5 20V10M12 20V4M19 20v-7M3 20h18",
            Icon::Phone => {
                "M6 3h4l1.500 5-2.500 1.500a12 12 0 0 0 5.500 5.500L16 12.500l5 1.500v4a2 2 0 0 1-2 2A15 15 0 0 1 4 5a2 2 0 0 1 2-2z"
            }
            Icon::Print => "M7 9V3h10v6M7 17H4V9h16v8h-3M7 14h10v7H7z",
            Icon::Panel => "M4 5h16v14H4zM9 5v14",
            Icon::Building => "M5 21V4h9v17M14 9h5v12M3 21h18M8 8h3M8 12h3M8 16h3",
            Icon::Device => "M7 3h10v18H7zM11 18h2",
            Icon::Board => "M4 4h4.500v16H4zM9.800 4h4.500v10H9.800zM15.500 4H20v13h-4.500z",
        }
    }
}

/// Draws an icon in the colour of the text around it. It says nothing to a screen reader.
pub fn icon(icon: Icon) -> AnyView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d=icon.path()></path>
        </svg>
    }
    .into_any()
}
