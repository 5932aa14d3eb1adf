// Addresses of links.
#include "model/characters.hpp"
#include "parse/page/internal.hpp"

#include <libxml/uri.h>

#include <algorithm>
#include <array>
#include <memory>

namespace regtrail::parse::page {
namespace {

struct Free {
  void operator()(xmlChar* text) const { xmlFree(text); }
};

/// Of a mailing or an advertisement; what is behind the address does not depend on them.
bool counts_visits(std::string_view parameter) {
  static constexpr std::array names{
      "fbclid", "gclid", "msclkid", "mc_cid", "mc_eid", "igshid", "_hsenc", "_hsmi"};
  const std::string name = lowered(parameter.substr(0, parameter.find('=')));
  return name.starts_with("utm_") || std::find(names.begin(), names.end(), name) != names.end();
}

std::string without_counters(const std::string& address) {
  const std::size_t mark = address.find('?');
  std::string out = address.substr(0, mark);
  std::string_view query =
      mark == std::string::npos ? std::string_view() : std::string_view(address).substr(mark + 1);
  char joint = '?';
  while (!query.empty()) {
    const std::size_t end = query.find('&');
    const std::string_view parameter = query.substr(0, end);
    if (!parameter.empty() && !counts_visits(parameter)) {
      out += joint;
      out += parameter;
      joint = '&';
    }
    query.remove_prefix(end == std::string_view::npos ? query.size() : end + 1);
  }
  return out;
}

} // namespace

std::string link_address(const std::string& href, const std::string& base) {
  std::string target(trimmed(href));
  if (target.empty() || target.front() == '#') {
    return {};
  }
  for (std::size_t at = target.find(' '); at != std::string::npos; at = target.find(' ', at)) {
    target.replace(at, 1, "%20");
  }
  const std::unique_ptr<xmlChar, Free> absolute(
      xmlBuildURI(reinterpret_cast<const xmlChar*>(target.c_str()),
                  reinterpret_cast<const xmlChar*>(base.c_str())));
  if (!absolute) {
    return {};
  }
  std::string address = reinterpret_cast<const char*>(absolute.get());
  address.resize(std::min(address.size(), address.find('#')));
  const std::size_t scheme = address.find("://");
  const std::string name = lowered(address.substr(0, scheme));
  if (scheme == std::string::npos || (name != "http" && name != "https")) {
    return {};
  }
  // a host is the same in any case
  const std::size_t path = std::min(address.find_first_of("/?", scheme + 3), address.size());
  return without_counters(lowered(address.substr(0, path)) + address.substr(path));
}

} // namespace regtrail::parse::page
