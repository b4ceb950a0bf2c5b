/// What can keep a picture from being drawn.
public enum ChartError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The glyphs that came for `family` are those of another font, or boxes.
  case fontMissing(family: String)
  /// Cairo gave up, with its own words for why.
  case drawingFailed(reason: String)
  /// libpng gave up on the file of a picture, with its own words for why.
  case encodingFailed(reason: String)

  public var description: String {
    switch self {
    case .fontMissing(let family):
      "cannot draw text in plots: found glyphs of another font, or none, where \(family) is needed; "
        + "install fonts-dejavu-core"
    case .drawingFailed(let reason):
      "cannot draw a plot: Cairo reports \"\(reason)\", expected success; free some memory and run again"
    case .encodingFailed(let reason):
      "cannot make the PNG of a plot: libpng reports \"\(reason)\", expected success; free some memory and run again"
    }
  }
}
