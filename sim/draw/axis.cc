#include "sim/draw/axis.h"

#include <string>

namespace cleave::draw {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

// Seconds with so many decimal places, cut.
std::string seconds(std::int64_t ns, int places) {
  std::string fraction = std::to_string(kSecond + ns % kSecond).substr(1);
  std::string text = std::to_string(ns / kSecond);
  if (places > 0) text += "." + fraction.substr(0, static_cast<std::size_t>(places));
  return text;
}

Duration round_step(double least_ns) {
  std::int64_t power = 1;
  for (;; power *= 10)
    for (const std::int64_t digit : {1, 2, 5})
      if (static_cast<double>(digit * power) >= least_ns || power > kSecond * 1'000'000'000 / 10)
        return Duration{digit * power};
}

}  // namespace

std::vector<Time> ticks(const TimeAxis& axis, double apart) {
  const double ns_per_pixel =
      static_cast<double>((axis.to - axis.from).ns) / (axis.right - axis.left);
  const Duration step = round_step(std::max(1.0, ns_per_pixel * apart));
  std::vector<Time> all;
  const std::int64_t first = (axis.from.ns + step.ns - 1) / step.ns * step.ns;
  for (std::int64_t at = first; at <= axis.to.ns; at += step.ns)
    all.push_back(Time{at});
  return all;
}

std::string tick_text(Time t, Duration step) {
  int places = 0;
  for (std::int64_t unit = kSecond; unit > 1 && step.ns % unit != 0; unit /= 10)
    ++places;
  return seconds(t.ns, places);
}

std::string clock_text(Time t) {
  return seconds(t.ns, 3) + " s";
}

}  // namespace cleave::draw
