import CCairo

/// A bitmap to draw on, and the only place that talks to Cairo.
///
/// Coordinates are pixels from the upper left corner. The same calls give the same bytes: text is laid out without
/// hinting and without the subpixel order of some screen, so no desktop setting shows.
///
/// Memory: the canvas owns one surface and one context on it from `init` to `deinit`, hands neither out, and Cairo
/// keeps no pointer of ours beyond a call. Cairo records its first failure in the context and ignores what comes
/// after, so drawing never throws; `png()` reports it.
@safe final class Canvas {
  let width: Int
  let height: Int
  /// What the picture is of, for its foot; empty for none.
  let foot: String
  private let surface: OpaquePointer
  private let context: OpaquePointer

  /// The family that all text is set in, from the package fonts-dejavu-core.
  static let fontFamily = "DejaVu Sans"
  private let fontFamily: String

  /// A white canvas.
  ///
  /// - Throws: `ChartError.fontMissing` when `fontFamily` does not give the glyphs of DejaVu Sans, and
  ///   `ChartError.drawingFailed` when there is no memory for it.
  init(
    width: Int = 1_600, height: Int = 900, foot: String = "", fontFamily: String = Canvas.fontFamily
  ) throws(ChartError) {
    self.width = width
    self.foot = foot
    self.height = height
    self.fontFamily = fontFamily
    unsafe surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32(width), Int32(height))
    unsafe context = cairo_create(surface)
    try checkStatus()
    let options = unsafe cairo_font_options_create()
    unsafe cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY)
    unsafe cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
    unsafe cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
    unsafe cairo_set_font_options(context, options)
    unsafe cairo_font_options_destroy(options)
    try checkFont()
    fill(Box(minX: 0, minY: 0, maxX: Double(width), maxY: Double(height)), .paper)
  }

  deinit {
    unsafe cairo_destroy(context)
    unsafe cairo_surface_destroy(surface)
  }

  private func checkStatus() throws(ChartError) {
    let status = unsafe cairo_status(context)
    if status != CAIRO_STATUS_SUCCESS {
      throw .drawingFailed(reason: unsafe String(cString: cairo_status_to_string(status)))
    }
  }

  /// Font matching never fails, it silently gives some other font, or boxes. DejaVu Sans is known by its advance
  /// widths in font units (2,048 to the em), which no other family shares.
  private func checkFont() throws(ChartError) {
    let regular: [(String, Double)] = [("i", 569), ("W", 2_025), ("\u{2212}", 1_716)]
    let bold: [(String, Double)] = [("i", 702), ("W", 2_259), ("\u{2212}", 1_716)]
    for (weight, advances) in [(TextWeight.regular, regular), (.bold, bold)] {
      for (glyph, advance) in advances
      where abs(measure(glyph, size: 2_048, weight: weight) - advance) > 1 {
        throw .fontMissing(family: Canvas.fontFamily)
      }
    }
  }
}

// MARK: Shapes

extension Canvas {
  /// Fills `box`.
  func fill(_ box: Box, _ colour: Colour) {
    setColour(colour)
    unsafe cairo_rectangle(context, box.minX, box.minY, box.width, box.height)
    unsafe cairo_fill(context)
  }

  /// Fills the polygon through `corners`.
  func fill(_ corners: [Point], _ colour: Colour) {
    setColour(colour)
    trace(corners)
    unsafe cairo_close_path(context)
    unsafe cairo_fill(context)
  }

  /// Fills the circle around `center`.
  func fillCircle(_ center: Point, radius: Double, _ colour: Colour) {
    setColour(colour)
    unsafe cairo_new_sub_path(context)
    unsafe cairo_arc(context, center.x, center.y, radius, 0, 2 * .pi)
    unsafe cairo_fill(context)
  }

  /// Draws the line through `points`; a single point is drawn as a dot.
  func draw(_ points: [Point], _ stroke: Stroke) {
    if points.count == 1 {
      fillCircle(points[0], radius: max(stroke.width * 1.5, 2), stroke.colour)
      return
    }
    setColour(stroke.colour)
    unsafe cairo_set_line_width(context, stroke.width)
    unsafe cairo_set_line_join(context, CAIRO_LINE_JOIN_ROUND)
    unsafe cairo_set_dash(context, stroke.dashes, Int32(stroke.dashes.count), 0)
    trace(points)
    unsafe cairo_stroke(context)
  }

  /// Runs `body`, whose drawing shows inside of `box` only.
  func clipped(to box: Box, _ body: () -> Void) {
    unsafe cairo_save(context)
    unsafe cairo_rectangle(context, box.minX, box.minY, box.width, box.height)
    unsafe cairo_clip(context)
    body()
    unsafe cairo_restore(context)
  }

  private func setColour(_ colour: Colour) {
    unsafe cairo_set_source_rgba(context, colour.red, colour.green, colour.blue, colour.opacity)
  }

  private func trace(_ points: [Point]) {
    unsafe cairo_new_path(context)
    for point in points { unsafe cairo_line_to(context, point.x, point.y) }
  }
}

// MARK: Text

extension Canvas {
  /// The width of `text` in pixels, set in `size` pixels to the em.
  func measure(_ text: String, size: Double, weight: TextWeight = .regular) -> Double {
    selectFont(size: size, weight: weight)
    var extents = cairo_text_extents_t()
    unsafe cairo_text_extents(context, text, &extents)
    return extents.x_advance
  }

  /// Writes `text` with `anchor` on its baseline, at its start, middle or end.
  ///
  /// - Parameter upwards: Whether it reads from bottom to top, turned about `anchor`.
  func write(
    _ text: String, at anchor: Point, _ style: TextStyle, align: TextAlignment = .start, upwards: Bool = false
  ) {
    let width = measure(text, size: style.size, weight: style.weight)
    let shift =
      switch align {
      case .start: 0.0
      case .middle: -width / 2
      case .end: -width
      }
    setColour(style.colour)
    unsafe cairo_save(context)
    unsafe cairo_translate(context, anchor.x, anchor.y)
    if upwards { unsafe cairo_rotate(context, -.pi / 2) }
    unsafe cairo_move_to(context, shift, 0)
    unsafe cairo_show_text(context, text)
    unsafe cairo_restore(context)
  }

  private func selectFont(size: Double, weight: TextWeight) {
    let cairoWeight = weight == .bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL
    unsafe cairo_select_font_face(context, fontFamily, CAIRO_FONT_SLANT_NORMAL, cairoWeight)
    unsafe cairo_set_font_size(context, size)
  }
}

// MARK: Results

extension Canvas {
  /// What `draw` draws on a new canvas, as a PNG file.
  ///
  /// - Parameter context: what the picture is of, for its foot.
  /// - Throws: `ChartError` when the font or the memory for it is missing.
  static func png(context: String, _ draw: (Canvas) -> Void) throws(ChartError) -> [UInt8] {
    let canvas = try Canvas(foot: context)
    draw(canvas)
    return try canvas.png()
  }

  /// The picture as a PNG file.
  ///
  /// - Throws: `ChartError.drawingFailed` with the first failure since the canvas was made, and
  ///   `ChartError.encodingFailed`.
  func png() throws(ChartError) -> [UInt8] {
    try checkStatus()
    unsafe cairo_surface_flush(surface)
    let count = 3 * width * height
    let colours = unsafe [UInt8](unsafeUninitializedCapacity: count) { bytes, initialized in
      var next = 0
      for row in 0..<height {
        let colours = unsafe pixels(row: row)
        for column in 0..<width {
          let colour = unsafe colours[column]
          unsafe bytes[next] = UInt8(truncatingIfNeeded: colour >> 16)
          unsafe bytes[next + 1] = UInt8(truncatingIfNeeded: colour >> 8)
          unsafe bytes[next + 2] = UInt8(truncatingIfNeeded: colour)
          next += 3
        }
      }
      initialized = count
    }
    return try PNGFile.bytes(width: width, height: height, colours: colours)
  }

  /// The colour of a pixel as 0xRRGGBB, counted from the upper left corner.
  ///
  /// - Precondition: it is on the canvas.
  func pixel(column: Int, row: Int) -> UInt32 {
    precondition((0..<width).contains(column) && (0..<height).contains(row))
    unsafe cairo_surface_flush(surface)
    // The upper eight bits of a pixel without opacity are not defined.
    return unsafe pixels(row: row)[column] & 0xFF_FFFF
  }

  /// The pixels of a row as drawn so far, until something is drawn again.
  @unsafe private func pixels(row: Int) -> UnsafePointer<UInt32> {
    guard let data = unsafe cairo_image_surface_get_data(surface) else {
      preconditionFailure("a surface without failure has pixels")
    }
    let start = unsafe UnsafeRawPointer(data) + row * Int(cairo_image_surface_get_stride(surface))
    return unsafe start.assumingMemoryBound(to: UInt32.self)
  }
}
