// What a TOML file may nest, asked before toml++ reads it: it frees tables within tables by
// recursion, and deep ones would end the process.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace regtrail::parse {

struct TomlDepthTrouble {
  std::size_t line = 1;
  std::string what;
};

/// The first key of more than 16 steps, or the first bracket within more than 16 others; nullopt
/// where there is none. Takes any bytes: what is no TOML is left to toml++.
[[nodiscard]] std::optional<TomlDepthTrouble> toml_depth_trouble(std::string_view toml);

} // namespace regtrail::parse
