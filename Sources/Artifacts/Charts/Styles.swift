/// How a line is drawn: its colour, its width in pixels, and the lengths of dashes and gaps (none is a full line).
struct Stroke: Equatable, Sendable {
  let colour: Colour
  let width: Double
  let dashes: [Double]

  init(_ colour: Colour, width: Double = 2.5, dashes: [Double] = []) {
    self.colour = colour
    self.width = width
    self.dashes = dashes
  }

  static let dashed: [Double] = [12, 7]
  static let dotted: [Double] = [3, 5]
}

enum TextWeight: Sendable { case regular, bold }

enum TextAlignment: Sendable { case start, middle, end }

/// How text is set: pixels to the em, weight, colour.
struct TextStyle: Sendable {
  let size: Double
  let weight: TextWeight
  let colour: Colour

  init(_ size: Double, _ weight: TextWeight = .regular, _ colour: Colour = .ink) {
    self.size = size
    self.weight = weight
    self.colour = colour
  }

  /// How far capitals and digits stand above the baseline; DejaVu's capitals are 0.729 of an em.
  var capHeight: Double { size * 0.729 }
  /// From one baseline to the next.
  var lineHeight: Double { size * 1.25 }

  func resized(to size: Double) -> TextStyle { TextStyle(size, weight, colour) }

  static let title = TextStyle(36, .bold)
  static let subtitle = TextStyle(23, .regular, .quiet)
  static let context = TextStyle(19, .regular, .quiet)
  static let label = TextStyle(22)
  static let tick = TextStyle(21, .regular, .quiet)
}
