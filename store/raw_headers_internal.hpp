// The headers of an answer (raw_fetches.headers): varint size, zstd. Answers of a stream have
// nearly the same, so that all but the first of a stream are compressed with those as prefix; rows
// of answers never change.
#pragma once

#include "store/database_internal.hpp"
#include "store/records_internal.hpp"
#include "store/zstd_internal.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace regtrail::store {

std::string squeeze_headers(
    Database& db, Zstd& zstd, std::int64_t raw, std::int64_t number, const Headers& headers);
/// nullopt when there is no such fetch.
std::optional<Headers>
stored_headers(Database& db, Zstd& zstd, std::int64_t raw, std::int64_t number);

/// What urls are looked up by.
std::int64_t url_key(std::string_view url);

} // namespace regtrail::store
