#include "notify/delivery/address.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <regex>
#include <string>

namespace regtrail::delivery {

namespace {

constexpr std::size_t longest_local_part = 64;
constexpr std::size_t longest_address = 254;

// Of RFC 5322 and RFC 5321, as regular expressions. A host label may hold "_", as names of
// machines within a firm do.
constexpr const char* atom = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
constexpr const char* quoted_string = R"("(?:[ !#-\[\]-~]|\\[ -~])*")";
constexpr const char* label = "[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?";
constexpr const char* address_literal = R"(\[[!-Z^-~]+\])";

std::string dotted(const std::string& part) {
  return part + "(?:\\." + part + ")*";
}

bool matches(std::string_view text, const std::string& pattern) {
  return std::regex_match(text.begin(), text.end(), std::regex(pattern));
}

bool is_ascii(std::string_view text) {
  return std::all_of(
      text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// What is wrong with `address` and what to do about it, "" when it can be mailed.
std::string_view fault_of(std::string_view address) {
  constexpr std::string_view malformed =
      "is not a mail address; a bare mail address has the form name@host";
  const std::size_t at = address.rfind('@');
  if (at == std::string_view::npos) {
    return malformed;
  }
  const std::string_view local = address.substr(0, at);
  const std::string_view domain = address.substr(at + 1);
  if (!is_ascii(domain)) {
    return "cannot be mailed: the domain is not ASCII; write its ASCII form (xn--...)";
  }
  if (!is_ascii(local)) {
    return "cannot be mailed: the part before '@' is not ASCII; give an address that is";
  }
  if (local.size() > longest_local_part) {
    return "cannot be mailed: the part before '@' is longer than 64 bytes";
  }
  if (address.size() > longest_address) {
    return "cannot be mailed: it is longer than 254 bytes";
  }
  if (!matches(local, dotted(atom) + "|" + quoted_string)) {
    return matches(local, std::string("(?:") + atom + "|\\.)+")
               ? "cannot be mailed: put the part before '@' in double quotes for its full stops"
               : malformed;
  }
  return matches(domain, dotted(label) + "|" + address_literal) ? std::string_view() : malformed;
}

} // namespace

Result<void> check_address(std::string_view address) {
  const std::string_view fault = fault_of(address);
  if (!fault.empty()) {
    return fail(ErrorKind::usage, fmt::format("'{}' {}", address, fault));
  }
  return {};
}

Result<Mailbox> parse_mailbox(std::string_view text) {
  Mailbox out{"", std::string(text)};
  const std::size_t open = text.rfind('<');
  if (text.ends_with('>') && open != std::string_view::npos) {
    out.address = text.substr(open + 1, text.size() - open - 2);
    std::string_view name = text.substr(0, open);
    name = name.substr(0, name.find_last_not_of(' ') + 1);
    const bool quoted = name.size() >= 2 && name.front() == '"' && name.back() == '"';
    name = quoted ? name.substr(1, name.size() - 2) : name;
    for (std::size_t i = 0; i < name.size(); ++i) {
      i += quoted && name[i] == '\\' && i + 1 < name.size() ? 1U : 0U;
      out.name += name[i];
    }
  }
  TRY(check_address(out.address));
  return out;
}

} // namespace regtrail::delivery
