extension Unicode.Scalar {
  /// Whether it is shown where it stands and does nothing else: no control character, no end of a line, nothing that turns
  /// the direction of what follows.
  package var isPlain: Bool {
    switch properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: return false
    default: break
    }
    switch value {
    case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: return false
    default: return true
    }
  }
}
