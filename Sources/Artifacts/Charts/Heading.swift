/// What stands above the data of a picture: the finding, a grey line of context, and the legend.
struct Heading: Sendable {
  let title: String
  let subtitle: String
  let legend: [LegendEntry]

  init(title: String, subtitle: String = "", legend: [LegendEntry] = []) {
    self.title = title
    self.subtitle = subtitle
    self.legend = legend
  }

  /// White space along the edges of every picture.
  private static let margin = 40.0

  /// Draws the heading at the top of `canvas` and returns the room that is left below it.
  ///
  /// A long title shrinks a little, then takes two lines; the subtitle likewise.
  func draw(on canvas: Canvas) -> Box {
    let page = Box(minX: 0, minY: 0, maxX: Double(canvas.width), maxY: Double(canvas.height))
    let whole = page.inset(
      left: Heading.margin, top: Heading.margin * 0.8, right: Heading.margin, bottom: Heading.margin * 0.7)
    let box = whole.inset(bottom: drawContext(on: canvas, in: whole))
    var top = box.minY
    top += draw(title, .title, lines: 2, on: canvas, in: box.inset(top: top - box.minY))
    if !subtitle.isEmpty {
      top += draw(subtitle, .subtitle, lines: 3, on: canvas, in: box.inset(top: top - box.minY))
    }
    if !legend.isEmpty {
      top += 12
      top += Legend(entries: legend).draw(on: canvas, in: box.inset(top: top - box.minY))
    }
    return box.inset(top: top - box.minY + 22)
  }

  /// Writes what the picture is of along its lower edge, and returns the height that this takes.
  private func drawContext(on canvas: Canvas, in box: Box) -> Double {
    guard !canvas.foot.isEmpty else { return 0 }
    let fitted = canvas.fit(canvas.foot, .context, width: box.width, lineLimit: 2)
    for (index, line) in fitted.lines.reversed().enumerated() {
      let baseline = box.maxY - Double(index) * fitted.style.lineHeight
      canvas.write(line, at: Point(x: box.minX, y: baseline), fitted.style)
    }
    return Double(fitted.lines.count) * fitted.style.lineHeight + 14
  }

  private func draw(_ text: String, _ style: TextStyle, lines: Int, on canvas: Canvas, in box: Box) -> Double
  {
    let fitted = canvas.fit(text, style, width: box.width, lineLimit: lines)
    for (index, line) in fitted.lines.enumerated() {
      let baseline = box.minY + fitted.style.size + Double(index) * fitted.style.lineHeight
      canvas.write(line, at: Point(x: box.minX, y: baseline), fitted.style)
    }
    return Double(fitted.lines.count) * fitted.style.lineHeight + 4
  }
}
