import Artifacts

extension SignalLabels {
  /// Whether a label can only be a time: a date, or a count since 1970.
  static func isTime(_ text: String) -> Bool {
    !text.contains("\"") && SampleCell.isTime(text)
  }

  /// The labels as a table of one column; `nil` where they cannot be one.
  static func cells(_ texts: [String]) -> DelimitedScanner? {
    guard texts.allSatisfy({ !$0.isEmpty && !$0.contains("\"") }) else { return nil }
    let table = texts.map { "\"\($0)\"" }.joined(separator: "\n")
    return try? DelimitedScanner(Array(table.utf8), separator: UInt8(ascii: ","))
  }

  /// The times that labels spell, all rising or all falling.
  ///
  /// `--time-format` is that of the bars, so it is tried only where labels do not tell how they are written.
  static func times(
    _ texts: [String], name: String, lines: [Int], _ settings: TimeSettings
  ) throws(SignalsFault) -> [Int64] {
    do {
      return try read(texts, name: name, lines: lines, TimeSettings(zones: settings.zones))
    } catch {
      guard settings.format != nil, let times = try? read(texts, name: name, lines: lines, settings) else {
        throw error
      }
      return times
    }
  }

  private static func read(
    _ texts: [String], name: String, lines: [Int], _ settings: TimeSettings
  ) throws(SignalsFault) -> [Int64] {
    func fault(_ row: Int, _ fault: RowFault) -> SignalsFault {
      .badTime(line: lines.indices.contains(row) ? lines[row] : nil, fault)
    }
    guard var scanner = cells(texts) else {
      let row = texts.firstIndex { $0.isEmpty || $0.contains("\"") } ?? 0
      throw fault(row, .unknownTime(column: name, found: ImportText.brief(texts[row])))
    }
    var column = TimeColumn(MarketColumns.Column(name: name, index: 0), settings: settings)
    for row in texts.indices {
      do throws(RowFault) {
        guard (try? scanner.next()) == true else { break }
        column.append(try column.read(scanner), line: row)
      } catch {
        throw fault(row, error)
      }
    }
    do throws(TimeFault) {
      return try column.finish().timestamps
    } catch {
      if case .row(let row, let broken) = error { throw fault(row, broken) }
      throw .badTimes(error)
    }
  }
}
