#include "sim/draw/text_width.h"

#include "sim/base/utf8.h"

#include <array>
#include <cstdint>

namespace cleave::draw {
namespace {

// Advance widths of Inter 4.0 in thousandths of an em, for ' ' to '~'.
using Widths = std::array<std::int16_t, 95>;
constexpr Widths kRegular{
    281, 278, 403, 631, 638, 812, 639, 222, 362, 362, 500, 659, 280, 460, 276, 357, 625, 464, 605,
    636, 642, 608, 624, 571, 616, 624, 276, 280, 659, 659, 659, 507, 936, 676, 651, 727, 719, 598,
    587, 743, 740, 264, 543, 652, 562, 889, 753, 761, 635, 761, 639, 638, 642, 741, 676, 949, 642,
    665, 625, 362, 357, 362, 469, 452, 497, 564, 621, 558, 621, 582, 361, 609, 591, 237, 237, 544,
    237, 869, 585, 597, 609, 609, 372, 523, 364, 581, 557, 812, 540, 557, 541, 362, 327, 362, 659};
constexpr Widths kMedium{
    265, 294, 400, 637, 643, 828, 651, 217, 378, 378, 522, 666, 288, 463, 283, 368, 646, 473, 613,
    644, 654, 620, 636, 579, 631, 636, 283, 288, 666, 666, 666, 526, 968, 700, 654, 735, 722, 603,
    586, 749, 742, 270, 552, 664, 564, 898, 747, 768, 639, 768, 645, 643, 651, 738, 700, 978, 666,
    685, 639, 378, 368, 378, 475, 460, 497, 569, 626, 568, 626, 587, 369, 617, 602, 249, 249, 556,
    249, 884, 597, 602, 617, 617, 384, 536, 372, 594, 566, 825, 551, 566, 551, 378, 342, 378, 666};
constexpr Widths kSemibold{
    248, 309, 396, 643, 649, 844, 663, 213, 393, 393, 543, 673, 295, 466, 290, 379, 667, 481,  621,
    652, 666, 632, 648, 587, 646, 648, 290, 295, 673, 673, 673, 544, 999, 724, 657, 744, 724,  608,
    586, 755, 744, 275, 561, 677, 566, 906, 741, 775, 643, 776, 651, 649, 660, 734, 724, 1007, 690,
    705, 653, 393, 379, 393, 481, 468, 497, 575, 630, 577, 630, 593, 377, 625, 613, 261, 261,  569,
    261, 898, 610, 608, 625, 625, 397, 549, 380, 608, 576, 837, 562, 576, 562, 393, 358, 393,  673};

constexpr std::int64_t kMonoThousandths = 600;   // JetBrains Mono: all alike
constexpr std::int64_t kOtherThousandths = 680;  // of a character that is not in the table

const Widths& widths_of(Weight weight) {
  switch (weight) {
    case Weight::regular:
      return kRegular;
    case Weight::medium:
      return kMedium;
    case Weight::semibold:
      return kSemibold;
  }
  return kRegular;
}

}  // namespace

double text_width(std::string_view text, const TextStyle& style) {
  const Widths& widths = widths_of(style.weight);
  std::int64_t thousandths = 0;
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    if (style.mono)
      thousandths += kMonoThousandths;
    else if (c >= ' ' && c <= '~')
      thousandths += widths.at(static_cast<std::size_t>(c - ' '));
    else
      thousandths += kOtherThousandths;
    const std::size_t bytes = utf8_length(text, at);
    at += bytes == 0 ? 1 : bytes;
  }
  return static_cast<double>(thousandths) * style.px / 1000;
}

std::string fitted(std::string_view text, const TextStyle& style, double width) {
  if (text_width(text, style) <= width) return std::string(text);
  std::string cut(text);
  while (!cut.empty() && text_width(cut + kEllipsis.data(), style) > width) {
    do {
      cut.pop_back();
    } while (!cut.empty() && (static_cast<unsigned char>(text[cut.size()]) & 0xc0) == 0x80);
  }
  return cut.empty() ? "" : cut.append(kEllipsis);
}

}  // namespace cleave::draw
