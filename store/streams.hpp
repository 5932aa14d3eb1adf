// The names of sources and streams of raw records. A stream is a series of answers to the same
// question; each body is stored against its predecessor in the stream.
#pragma once

namespace regtrail::store {

inline constexpr const char* ecfr_source = "ecfr";
inline constexpr const char* fr_source = "federal-register";
inline constexpr const char* govinfo_source = "govinfo"; ///< of annual editions of the CFR
inline constexpr const char* measure_source = "hand";    ///< entered by hand
inline constexpr const char* pages_source = "pages";     ///< watched addresses

inline constexpr const char* fr_documents_stream = "federal-register/documents";
inline constexpr const char* fr_orders_stream = "federal-register/orders";
inline constexpr const char* fr_inspection_stream = "federal-register/inspection";
/// Followed by the number of the document.
inline constexpr const char* fr_text_stream = "federal-register/text/";
/// Followed by the id of a watch of the register.
inline constexpr const char* fr_watch_stream = "federal-register/watch/";
/// Answers of govinfo's link service: which number of the Daily Compilation an order has.
inline constexpr const char* govinfo_link_stream = "govinfo/link";
inline constexpr const char* measure_stream = "measures";
/// Followed by the id of the watch whose address was asked.
inline constexpr const char* page_stream = "page/";
/// Followed by the id of a watch: the settings with the day on which its page was last asked for
/// and the address, the day on which it was last read, and why it could not be; "" where it could.
inline constexpr const char* page_asked_key = "pages.asked.";
inline constexpr const char* page_read_key = "pages.read.";
inline constexpr const char* page_trouble_key = "pages.trouble.";

/// Followed by the number of a document: the setting that says when its text was first and last
/// asked for in vain, two instants with a blank between. "" when it is here.
inline constexpr const char* missing_text_key = "federal-register.no-text.";

/// Followed by the id of a watch: the setting that says how far it was asked
/// (query/watch_state.hpp).
inline constexpr const char* watch_state_key = "watch.";

} // namespace regtrail::store
