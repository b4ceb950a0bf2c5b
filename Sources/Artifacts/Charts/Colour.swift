/// A colour with opacity; every component is between 0 and 1.
struct Colour: Equatable, Sendable {
  let red: Double
  let green: Double
  let blue: Double
  let opacity: Double

  init(red: Double, green: Double, blue: Double, opacity: Double = 1) {
    self.red = red
    self.green = green
    self.blue = blue
    self.opacity = opacity
  }

  /// The opaque colour that is written as 0xRRGGBB.
  init(_ code: UInt32) {
    self.init(
      red: Double(code >> 16 & 0xFF) / 255, green: Double(code >> 8 & 0xFF) / 255,
      blue: Double(code & 0xFF) / 255)
  }

  func withOpacity(_ opacity: Double) -> Colour {
    Colour(red: red, green: green, blue: blue, opacity: opacity)
  }

  /// The colour that is `fraction` of the way to `other`.
  func mixed(with other: Colour, fraction: Double) -> Colour {
    Colour(
      red: red + (other.red - red) * fraction, green: green + (other.green - green) * fraction,
      blue: blue + (other.blue - blue) * fraction, opacity: opacity + (other.opacity - opacity) * fraction)
  }
}

/// The palette of Okabe & Ito 2008, "Color universal design", which readers with any common colour blindness can
/// tell apart.
extension Colour {
  static let orange = Colour(0xE69F00)
  static let skyBlue = Colour(0x56B4E9)
  static let bluishGreen = Colour(0x009E73)
  static let blue = Colour(0x0072B2)
  static let vermillion = Colour(0xD55E00)
  static let reddishPurple = Colour(0xCC79A7)
}

/// What the colours are for: one meaning, one colour, in every picture.
extension Colour {
  static let paper = Colour(0xFFFFFF)
  static let ink = Colour(0x1A1A1A)
  static let quiet = Colour(0x5C5C5C)
  static let grid = Colour(0xE3E3E3)
  static let axis = Colour(0x8A8A8A)
  static let market = Colour(0x9A9A9A)
  static let strategies = skyBlue
  static let training = blue
  static let validation = vermillion
  /// What fails, or would: no better than luck, no better than the median, below zero.
  static let overfit = orange
  /// What holds.
  static let sound = skyBlue
  /// Lines that are told apart by their names.
  static let series = [blue, vermillion, bluishGreen, reddishPurple, orange, skyBlue]
}
