/// One line of a legend: a sample of the mark and what it stands for.
struct LegendEntry: Sendable {
  enum Mark: Sendable {
    case line(Stroke)
    case swatch(Colour)
    case dot(Colour)
    case diamond(Colour)
    /// A range of colours, from few to many.
    case ramp([Colour])
  }

  let mark: Mark
  let text: String

  init(_ mark: Mark, _ text: String) {
    self.mark = mark
    self.text = text
  }
}

/// Entries in rows, meant to stand above the data and never on it.
struct Legend: Sendable {
  let entries: [LegendEntry]

  private static let sampleWidth = 44.0
  private static let sampleGap = 12.0
  private static let entryGap = 44.0
  private static let style = TextStyle.label

  /// Draws the entries from the upper left corner of `box` on, in as many rows as they need, and returns the
  /// height of these.
  func draw(on canvas: Canvas, in box: Box) -> Double {
    let indent = Legend.sampleWidth + Legend.sampleGap
    var left = box.minX
    var baseline = box.minY + Legend.style.size
    for entry in entries {
      let text = canvas.fit(entry.text, Legend.style, width: box.width - indent)
      let width = indent + canvas.measure(text.lines[0], text.style)
      if left > box.minX && left + width > box.maxX {
        left = box.minX
        baseline += Legend.style.size * 1.5
      }
      drawSample(entry.mark, on: canvas, left: left, middle: baseline - Legend.style.capHeight / 2)
      canvas.write(text.lines[0], at: Point(x: left + indent, y: baseline), text.style)
      left += width + Legend.entryGap
    }
    return entries.isEmpty ? 0 : baseline - box.minY + Legend.style.size * 0.3
  }

  private func drawSample(_ mark: LegendEntry.Mark, on canvas: Canvas, left: Double, middle: Double) {
    let right = left + Legend.sampleWidth
    let center = Point(x: (left + right) / 2, y: middle)
    switch mark {
    case .line(let stroke):
      canvas.draw([Point(x: left, y: middle), Point(x: right, y: middle)], stroke)
    case .swatch(let colour):
      canvas.fill(Box(minX: left, minY: middle - 9, maxX: right, maxY: middle + 9), colour)
    case .dot(let colour):
      canvas.fillCircle(center, radius: 6, colour)
    case .diamond(let colour):
      canvas.drawDiamond(center, colour)
    case .ramp(let colours):
      let width = Legend.sampleWidth / Double(max(1, colours.count))
      for (index, colour) in colours.enumerated() {
        let start = left + Double(index) * width
        canvas.fill(Box(minX: start, minY: middle - 9, maxX: start + width, maxY: middle + 9), colour)
      }
    }
  }
}

extension Canvas {
  /// A diamond with a white rim, which stands out from any data behind it.
  func drawDiamond(_ center: Point, _ colour: Colour) {
    for (radius, colour) in [(15.0, Colour.paper), (12, .ink), (9.5, colour)] {
      fill(
        [
          Point(x: center.x, y: center.y - radius), Point(x: center.x + radius, y: center.y),
          Point(x: center.x, y: center.y + radius), Point(x: center.x - radius, y: center.y),
        ], colour)
    }
  }
}
