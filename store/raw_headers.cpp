#include "store/raw_headers_internal.hpp"

namespace regtrail::store {

namespace {

std::string squeezed(Zstd& zstd, std::string_view bytes, std::string_view prefix) {
  Writer out;
  out.varint(bytes.size());
  out.append(zstd.compress(bytes, prefix));
  return out.take();
}

std::string unsqueezed(Zstd& zstd, std::string_view bytes, std::string_view prefix) {
  Reader in(bytes);
  const auto size = static_cast<std::size_t>(in.varint());
  return zstd.decompress(in.rest(), size, prefix);
}

/// The packed headers of the first answer of the stream of `raw`; "" for itself.
std::string first_headers(Database& db, Zstd& zstd, std::int64_t raw, std::int64_t number) {
  Query query =
      db.query("SELECT f.raw, f.headers FROM raw_fetches f WHERE f.number = 0 AND f.raw = "
               "(SELECT min(o.id) FROM raw_records r JOIN raw_records o "
               "ON o.stream = r.stream WHERE r.id = ?)",
               raw);
  if (!query.next() || (query.integer(0) == raw && number == 0)) {
    return "";
  }
  return unsqueezed(zstd, query.blob(1), "");
}

} // namespace

std::string squeeze_headers(
    Database& db, Zstd& zstd, std::int64_t raw, std::int64_t number, const Headers& headers) {
  return squeezed(zstd, pack_headers(headers), first_headers(db, zstd, raw, number));
}

std::optional<Headers>
stored_headers(Database& db, Zstd& zstd, std::int64_t raw, std::int64_t number) {
  std::string data;
  {
    Query query =
        db.query("SELECT headers FROM raw_fetches WHERE raw = ? AND number = ?", raw, number);
    if (!query.next()) {
      return std::nullopt;
    }
    data = query.blob(0);
  }
  return unpack_headers(unsqueezed(zstd, data, first_headers(db, zstd, raw, number)));
}

std::int64_t url_key(std::string_view url) {
  return static_cast<std::int64_t>(hash128(url).low & 0x7fffffffU);
}

} // namespace regtrail::store
