/// Text that was made to fit a width: its lines and the style they are set in.
struct FittedText: Sendable {
  let lines: [String]
  let style: TextStyle
}

extension Canvas {
  /// Longer text is cut before it is measured; no text of a picture is as long.
  static let longestText = 500

  /// `text` in at most `lineLimit` lines of `width` pixels.
  ///
  /// It is first set a little smaller on one line, then wrapped, then shrunk to `smallest` of its size, and only then cut,
  /// with an ellipsis.
  func fit(
    _ text: String, _ style: TextStyle, width: Double, lineLimit: Int = 1, smallest: Double = 0.75
  ) -> FittedText {
    let clean = Canvas.printable(text)
    if lineLimit > 1 {
      for scale in [1, 0.95, 0.9] where measure(clean, style.resized(to: style.size * scale)) <= width {
        return FittedText(lines: [clean], style: style.resized(to: style.size * scale))
      }
    }
    for step in 0...10 {
      let scale = 1 - (1 - smallest) * Double(step) / 10
      let smaller = style.resized(to: style.size * scale)
      let lines = wrap(clean, smaller, width: width)
      if lines.count <= lineLimit, lines.allSatisfy({ measure($0, smaller) <= width }) {
        return FittedText(lines: lines, style: smaller)
      }
    }
    let smaller = style.resized(to: style.size * smallest)
    let lines = wrap(clean, smaller, width: width)
    var kept = Array(lines.prefix(lineLimit))
    if lines.count > lineLimit {
      kept[lineLimit - 1] = lines[(lineLimit - 1)...].joined(separator: " ")
    }
    return FittedText(lines: kept.map { cut($0, smaller, width: width) }, style: smaller)
  }

  func measure(_ text: String, _ style: TextStyle) -> Double {
    measure(text, size: style.size, weight: style.weight)
  }

  /// Lines broken at spaces, as many words to each as `width` takes; a word that is wider has a line to itself.
  private func wrap(_ text: String, _ style: TextStyle, width: Double) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      let longer = line.isEmpty ? String(word) : line + " " + word
      if line.isEmpty || measure(longer, style) <= width {
        line = longer
      } else {
        lines.append(line)
        line = String(word)
      }
    }
    return lines + [line]
  }

  private func cut(_ text: String, _ style: TextStyle, width: Double) -> String {
    if measure(text, style) <= width { return text }
    let characters = Array(text)
    var fitting = 0
    var tooLong = characters.count
    while tooLong - fitting > 1 {
      let middle = (fitting + tooLong) / 2
      if measure(String(characters[..<middle]) + "…", style) <= width {
        fitting = middle
      } else {
        tooLong = middle
      }
    }
    var kept = String(characters[..<fitting])
    while kept.last == " " { kept.removeLast() }
    return kept + "…"
  }

  /// `text` without line breaks and control characters, which would come out as boxes, with a true minus before negative
  /// numbers, and not longer than any text.
  static func printable(_ text: String) -> String {
    var characters: [Character] = []
    for character in text.prefix(longestText + 1) {
      let isPlain = character.unicodeScalars.allSatisfy(\.isPlain)
      let last = characters.last
      if character.isNumber, last == "-", characters.dropLast().last.map({ " (".contains($0) }) ?? true {
        characters[characters.count - 1] = "−"
      }
      characters.append(isPlain ? character : " ")
    }
    return characters.count > longestText ? String(characters.dropLast()) + "…" : String(characters)
  }
}
