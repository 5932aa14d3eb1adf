// The figures of a product against the limits that a text sets.
#pragma once

#include "model/change.hpp"
#include "model/citation.hpp"
#include "model/hit.hpp"
#include "model/register.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail::diff {

/// "switching time 400 ms", "CAS 7719-09-7".
[[nodiscard]] std::string text_of(const Parameter& parameter);

/// What a limit does with what meets it.
enum class LimitSense : std::uint8_t {
  unknown,
  control,   ///< it is caught
  exclusion, ///< it is let go: "does not apply to kits with no more than 300 g"
};

/// A figure of a product beside one limit.
struct ParameterLimit {
  std::size_t parameter = 0; ///< index in Product::parameters
  std::string own;           ///< the figure: "switching time 400 ms"
  std::string words;         ///< the limit as printed: "switching time less than 300 milliseconds"
  bool meets = false;        ///< the figure meets the limit
  LimitSense sense = LimitSense::unknown;
  std::size_t begin = 0; ///< span of the limit in the text
  std::size_t end = 0;

  /// Whether the control reaches the figure as far as this limit goes; nullopt where the sense of
  /// the limit is not known.
  [[nodiscard]] std::optional<bool> inside() const {
    return sense == LimitSense::unknown ? std::nullopt
                                        : std::optional(meets == (sense == LimitSense::control));
  }

  friend bool operator==(const ParameterLimit&, const ParameterLimit&) = default;
};

/// The limits of `text`, which stands at `at`, that are about a figure of `product`: those whose
/// unit converts to that of the figure and beside which the words of its name stand. A figure
/// without a number ("CAS 7719-09-7") is met where its value is printed. `lead`: the text of the
/// paragraphs above, from the entry or section down, for a "does not apply" that stands there.
/// What is not sure to be about a figure is left out.
[[nodiscard]] std::vector<ParameterLimit> parameter_limits(const Product& product,
                                                           std::string_view text,
                                                           const Citation& at,
                                                           std::string_view lead = {});

/// True where `limits`, those of `text`, are sure to hold the figures: limits joined by "or" are
/// alternatives, all others have to be met together.
[[nodiscard]] bool is_inside(std::string_view text, const std::vector<ParameterLimit>& limits);

/// What `change` does to the figures of `product`: a reason with signal `parameter` for each limit
/// that moved, came or went. Whether the product is of the kind that the place is about is not
/// asked.
[[nodiscard]] std::vector<Reason> parameter_effects(const Product& product, const Change& change);

} // namespace regtrail::diff
