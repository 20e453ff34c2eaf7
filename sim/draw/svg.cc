#include "sim/draw/svg.h"

#include "sim/base/assert.h"
#include "sim/base/utf8.h"
#include "sim/draw/text_width.h"
#include "sim/report/typography.h"

#include <array>
#include <charconv>
#include <cmath>
#include <set>
#include <utility>

namespace cleave::draw {
namespace {

std::string number(double value) {
  CLEAVE_CHECK(std::isfinite(value), "a picture has finite coordinates");
  std::array<char, 400> buffer{};  // no double has more digits before its point
  const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                          std::chars_format::fixed, 2);
  std::string text(buffer.data(), end);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text == "-0" ? "0" : text;
}

// One element, attribute by attribute.
class Element {
 public:
  explicit Element(std::string_view name) { text_.append("<").append(name); }
  Element& with(std::string_view attribute, std::string_view value) {
    text_.append(" ").append(attribute).append("=\"").append(value).append("\"");
    return *this;
  }
  Element& with(std::string_view attribute, double value) { return with(attribute, number(value)); }
  // Where it is not what SVG assumes anyway.
  Element& unless(double usual, std::string_view attribute, double value) {
    return value == usual ? *this : with(attribute, value);
  }
  std::string closed() && { return std::move(text_) + "/>\n"; }
  std::string open() && { return std::move(text_) + ">"; }

 private:
  std::string text_;
};

std::string fill_class(Ink ink) {
  return ink == Ink::none ? "f-none" : "f-" + std::string(name_of(ink));
}

std::string pattern_id(const std::string& id, Ink ink) {
  return id + "-hatch-" + std::string(name_of(ink));
}

std::string stroke_classes(const Stroke& stroke) {
  if (stroke.ink == Ink::none) return "";
  std::string classes = " s-" + std::string(name_of(stroke.ink));
  if (stroke.dash == Dash::dashed) classes += " dashed";
  if (stroke.dash == Dash::dotted) classes += " dotted";
  return classes;
}

// Writes shapes, one a line, and remembers which patterns they need.
class Painter {
 public:
  explicit Painter(std::string id) : id_(std::move(id)) {}

  void operator()(const Line& line) {
    Element element("line");
    paint(element, {}, line.stroke);
    element.with("x1", line.from.x).with("y1", line.from.y);
    text_ += std::move(element.with("x2", line.to.x).with("y2", line.to.y)).closed();
  }
  void operator()(const Path& path) {
    if (path.points.empty()) return;
    std::string d;
    for (const Point& point : path.points) {
      d += d.empty() ? "M" : " ";
      d += number(point.x) + "," + number(point.y);
    }
    Element element("path");
    paint(element, path.closed ? path.fill : Fill{}, path.stroke);
    text_ += std::move(element.with("d", d + (path.closed ? "Z" : ""))).closed();
  }
  void operator()(const Box& box) {
    Element element("rect");
    paint(element, box.fill, box.stroke);
    element.with("x", box.rect.x).with("y", box.rect.y);
    element.with("width", box.rect.width).with("height", box.rect.height);
    text_ += std::move(element.unless(0, "rx", box.radius)).closed();
  }
  void operator()(const Disc& disc) {
    Element element("circle");
    paint(element, disc.fill, disc.stroke);
    element.with("cx", disc.centre.x).with("cy", disc.centre.y);
    text_ += std::move(element.with("r", disc.radius)).closed();
  }
  // Held to the width that the picture was laid out with, whatever typeface the reader has.
  void operator()(const Label& label) {
    if (label.text.empty()) return;
    std::string classes = fill_class(label.ink);
    if (label.style.mono) classes += " mono";
    if (label.style.weight == Weight::medium) classes += " medium";
    if (label.style.weight == Weight::semibold) classes += " semibold";
    if (label.align == Align::centre) classes += " centre";
    if (label.align == Align::right) classes += " right";
    Element element("text");
    element.with("class", classes).with("x", label.at.x).with("y", label.at.y);
    element.unless(12, "font-size", label.style.px);
    element.with("textLength", text_width(label.text, label.style));
    element.with("lengthAdjust", "spacingAndGlyphs");
    text_ += std::move(element).open() + escaped(label.text) + "</text>\n";
  }

  std::string patterns() const {
    std::string all;
    for (const Ink ink : hatched_)
      all += "<pattern id=\"" + pattern_id(id_, ink) + "\" width=\"6\" height=\"6\"" +
             " patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">" +
             "<line class=\"s-" + std::string(name_of(ink)) +
             "\" y2=\"6\" stroke-width=\"3\"/></pattern>";
    return all.empty() ? "" : "<defs>" + all + "</defs>\n";
  }
  std::string take() && { return std::move(text_); }

 private:
  void paint(Element& element, const Fill& fill, const Stroke& stroke) {
    const bool hatched = fill.hatched && fill.ink != Ink::none;
    element.with("class", (hatched ? "" : fill_class(fill.ink)) + stroke_classes(stroke));
    if (hatched) {
      hatched_.insert(fill.ink);
      element.with("fill", "url(#" + pattern_id(id_, fill.ink) + ")");
    }
    if (fill.ink != Ink::none) element.unless(1, "fill-opacity", fill.opacity);
    if (stroke.ink == Ink::none) return;
    element.unless(1, "stroke-width", stroke.width).unless(1, "stroke-opacity", stroke.opacity);
  }

  std::string id_;
  std::string text_;
  std::set<Ink> hatched_;
};

std::string spot(const Spot& spot) {
  Element element(spot.segment ? "line" : "rect");
  element.with("class", "spot");
  if (spot.segment)
    element.with("x1", spot.from.x)
        .with("y1", spot.from.y)
        .with("x2", spot.to.x)
        .with("y2", spot.to.y);
  else
    element.with("x", spot.rect.x)
        .with("y", spot.rect.y)
        .with("width", spot.rect.width)
        .with("height", spot.rect.height);
  return std::move(element).open() + "<title>" + escaped(spot.name) +
         (spot.segment ? "</title></line>\n" : "</title></rect>\n");
}

// Inks from the first that is a colour.
template <class F>
void for_each_ink(F&& f) {
  for (std::size_t i = 1; i < kInks; ++i)
    f(static_cast<Ink>(i));
}

template <class F>
std::string rules(F&& value_of) {
  std::string text =
      "svg text{font-family:Inter,system-ui,sans-serif;stroke:none}\n"
      "svg .mono{font-family:'JetBrains Mono',ui-monospace,monospace}\n"
      "svg .medium{font-weight:500}svg .semibold{font-weight:600}\n"
      "svg .centre{text-anchor:middle}svg .right{text-anchor:end}\n"
      "svg .dashed{stroke-dasharray:5 4}svg .dotted{stroke-dasharray:1.5 3}\n"
      "svg .f-none{fill:none}\n"
      "svg .spot{fill:#000;fill-opacity:0;stroke:#000;stroke-opacity:0;stroke-width:8}\n";
  for_each_ink([&](Ink ink) {
    const std::string name(name_of(ink));
    const std::string value = value_of(ink);
    text += "svg .f-" + name + "{fill:" + value + "}svg .s-" + name + "{stroke:" + value + "}\n";
  });
  return text;
}

std::string svg(const Drawing& drawing, const SvgName& name, const std::string& style) {
  Painter painter(name.id);
  for (const Shape& shape : drawing.shapes)
    std::visit(painter, shape);
  Element element("svg");
  element.with("xmlns", "http://www.w3.org/2000/svg").with("id", escaped(name.id));
  element.with("viewBox", "0 0 " + number(drawing.size.width) + " " + number(drawing.size.height));
  element.with("width", drawing.size.width).with("height", drawing.size.height);
  element.with("font-size", 12).with("role", "img").with("aria-label", escaped(name.title));
  std::string text = std::move(element).open() + "<title>" + escaped(name.title) + "</title>\n";
  text += style + painter.patterns();
  text += std::move(painter).take();
  for (const Spot& each : drawing.spots)
    text += spot(each);
  return text + "</svg>\n";
}

}  // namespace

std::string to_svg(const Drawing& drawing, const SvgName& name) {
  return svg(drawing, name, "");
}

std::string to_svg_file(const Drawing& drawing, const std::string& title, Theme theme) {
  const auto value = [theme](Ink ink) { return to_hex(colour(ink, theme)); };
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" +
         svg(drawing, {title, "picture"},
             "<style>\n" + rules(value) + "</style>\n<rect class=\"f-panel\" width=\"100%\" " +
                 "height=\"100%\"/>\n");
}

std::string svg_variables(Theme theme) {
  std::string text;
  for_each_ink([&](Ink ink) {
    text += "--" + std::string(name_of(ink)) + ":" + to_hex(colour(ink, theme)) + ";";
  });
  return text;
}

std::string svg_rules() {
  return rules([](Ink ink) { return "var(--" + std::string(name_of(ink)) + ")"; });
}

std::string escaped(std::string_view text) {
  const std::string valid = valid_utf8(text);
  std::string result;
  for (std::size_t at = 0; at < valid.size(); ++at) {
    const char c = valid[at];
    if (c == '&')
      result += "&amp;";
    else if (c == '<')
      result += "&lt;";
    else if (c == '>')
      result += "&gt;";
    else if (c == '"')
      result += "&quot;";
    else if (valid.compare(at, 3, "\xEF\xBF\xBE") == 0 || valid.compare(at, 3, "\xEF\xBF\xBF") == 0)
      at += 2;  // not characters
    else if (c == '\t' || c == '\n' || !is_control(valid, at))
      result += c;
    else if (c == '\xc2')
      ++at;  // a control of two bytes
  }
  return result;
}

}  // namespace cleave::draw
