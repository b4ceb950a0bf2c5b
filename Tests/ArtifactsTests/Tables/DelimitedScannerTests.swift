import Artifacts
import TestSupport
import Testing

@Suite struct DelimitedScannerTests {
  /// All records with their lines; the bytes arrive in chunks of `chunk`.
  private func records(
    _ bytes: [UInt8], chunk: Int = .max, separator: UInt8? = nil,
    limit: Int = DelimitedScanner.maximumRecordLength
  ) throws -> (rows: [[String]], lines: [Int]) {
    var rest = bytes[...]
    var scanner = try DelimitedScanner(separator: separator, maximumRecordLength: limit) {
      defer { rest = rest.dropFirst(chunk) }
      return Array(rest.prefix(chunk))
    }
    var rows: [[String]] = []
    var lines: [Int] = []
    while try scanner.next() {
      rows.append(scanner.fields.indices.map { scanner.text($0) })
      lines.append(scanner.line)
    }
    return (rows, lines)
  }

  @Test(arguments: [
    ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
    ("a,b\n1,2", [["a", "b"], ["1", "2"]]),
    ("a,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]),
    ("a;b\n1,5;2", [["a", "b"], ["1,5", "2"]]),
    ("a\tb\n1\t", [["a", "b"], ["1", ""]]),
    ("\u{FEFF}a,b\n", [["a", "b"]]),
    ("\u{FEFF}\"a\",b\n", [["a", "b"]]),
    ("\"a,;;\"\"b\",c\n\"\",\"\n\"\r\nx,\r\n", [["a,;;\"b", "c"], ["", "\n"], ["x", ""]]),
    ("a\n\nb\n\n", [["a"], [""], ["b"], [""]]),
    (",\n", [["", ""]]),
    ("a\rb,c\n", [["a\rb", "c"]]),
    ("a,b\r1,2\r", [["a", "b"], ["1", "2"]]),
    ("\u{FEFF}a;b\r1;2", [["a", "b"], ["1", "2"]]),
    ("sep=;\na,b;c\n1;2", [["a,b", "c"], ["1", "2"]]),
    ("\u{FEFF}SEP=|\r\na,b|c\r\n", [["a,b", "c"]]),
    ("sep=\t\ra\tb\r", [["a", "b"]]),
    ("sep=;", []),
    ("sep=,x\n", [["sep=", "x"]]),
    ("\"a\"", [["a"]]),
    ("x,\"a\"\"\"", [["x", "a\""]]),
    ("", []),
  ])
  func splits(text: String, rows: [[String]]) throws {
    for chunk in [1, 2, 3, 7, .max] {
      #expect(try records(Array(text.utf8), chunk: chunk).rows == rows, "chunks of \(chunk)")
    }
  }

  @Test func countsLinesThroughQuotedFields() throws {
    let text = "a,b\n\"x\ny\r\nz\",1\n\n2,3\n"
    for chunk in [1, 5, .max] {
      #expect(try records(Array(text.utf8), chunk: chunk).lines == [1, 2, 5, 6])
    }
  }

  @Test func randomTablesComeBackWhateverTheChunks() throws {
    var generator = SeededGenerator(seed: 4)
    let alphabet: [Character] = ["a", ",", ";", "\"", "\n", "\r", "\t", " ", "é", "0"]
    for _ in 0..<300 {
      let columns = Int.random(in: 1...5, using: &generator)
      let rows = (0..<Int.random(in: 1...8, using: &generator)).map { _ in
        (0..<columns).map { _ in
          String(
            (0..<Int.random(in: 0...6, using: &generator)).map { _ in
              alphabet.randomElement(using: &generator)!
            })
        }
      }
      var encoder = CSVEncoder()
      for row in rows {
        for cell in row { encoder.append(cell) }
        encoder.endRow()
      }
      let chunk = Int.random(in: 1...20, using: &generator)
      #expect(try records(encoder.bytes, chunk: chunk, separator: UInt8(ascii: ",")).rows == rows)
    }
  }

  @Test func randomNumbersComeBackBitForBit() throws {
    var generator = SeededGenerator(seed: 5)
    let values =
      (0..<2000).map { _ in Double(bitPattern: generator.next()) } + [0, -0.0, 3, 1e16, 1e-5, .nan]
    var encoder = CSVEncoder()
    for value in values {
      encoder.append(value)
      encoder.append(1)
      encoder.endRow()
    }
    var scanner = try DelimitedScanner(encoder.bytes)
    for value in values {
      #expect(try scanner.next())
      #expect(scanner.number(0)?.bitPattern == (value.isFinite ? value.bitPattern : nil))
    }
    #expect(try !scanner.next())
  }

  @Test(arguments: [
    ("a,b\n\"x,1\ny", TableError.openQuote(line: 2)),
    ("a,b\n1,\"x\ny\"z\n", .textAfterQuote(line: 3)),
    ("a,b\n1,\"x\" \n", .textAfterQuote(line: 2)),
    ("a,b\n\(String(repeating: "1", count: 200))\n", .lineTooLong(line: 2, limit: 100)),
    (String(repeating: "1", count: 200), .lineTooLong(line: 1, limit: 100)),
    ("\"" + String(repeating: "1\n", count: 200), .lineTooLong(line: 1, limit: 100)),
    ("PK\u{3}\u{4}\u{0}\u{0}\u{8}", .binary),
  ])
  func refuses(text: String, error: TableError) {
    for chunk in [1, 2, 3, 7, 64, .max] {
      #expect(throws: error) { try records(Array(text.utf8), chunk: chunk, limit: 100) }
    }
  }

  @Test func readsUTF16WithAByteOrderMark() throws {
    let text = "Zeit;Schluß\n1;😀\r\n2;\"a\nb\"\n"
    let rows = [["Zeit", "Schluß"], ["1", "😀"], ["2", "a\nb"]]
    var little: [UInt8] = [0xFF, 0xFE]
    var big: [UInt8] = [0xFE, 0xFF]
    for unit in text.utf16 {
      little += [UInt8(unit & 255), UInt8(unit >> 8)]
      big += [UInt8(unit >> 8), UInt8(unit & 255)]
    }
    for bytes in [little, big] {
      for chunk in [1, 2, 3, 7, .max] { #expect(try records(bytes, chunk: chunk).rows == rows) }
    }
    // A character that is cut at the end becomes U+FFFD.
    #expect(try records([0xFF, 0xFE, 0x61, 0, 0x62]).rows == [["a\u{FFFD}"]])
    #expect(try records([0xFE, 0xFF, 0xD8, 0x3D]).rows == [["\u{FFFD}"]])
  }

  @Test func refusesWideTextThatDoesNotSayWhich() {
    var text: [UInt8] = []
    for byte in "timestamp,close\n1,2\n".utf8 { text += [byte, 0] }
    #expect(throws: TableError.wideText) { try records(text) }
    #expect(throws: TableError.wideText) { try records([0xFF, 0xFE, 0, 0] + text) }
  }

  @Test func acceptsARecordOfExactlyTheLimit() throws {
    let text = String(repeating: "1", count: 100)
    #expect(try records(Array("\(text)\n\(text)".utf8), limit: 100).rows == [[text], [text]])
  }

  /// A line without end is refused before it is read whole.
  @Test func anEndlessLineIsReadNoFurtherThanTheLimit() {
    var handedOut = 0
    let chunk = [UInt8](repeating: UInt8(ascii: "1"), count: 1000)
    #expect(throws: TableError.lineTooLong(line: 1, limit: 10_000)) {
      var scanner = try DelimitedScanner(maximumRecordLength: 10_000) {
        handedOut += chunk.count
        return chunk
      }
      _ = try scanner.next()
    }
    #expect(handedOut <= 12_000)
  }

  /// As one of a compressed file of some kilobytes may be: its fields take many times the memory of its bytes.
  @Test(arguments: [0, 1]) func aLineOfCommas(more: Int) throws {
    let most = DelimitedScanner.mostFields
    let bytes = [UInt8](repeating: UInt8(ascii: ","), count: most - 1 + more) + [UInt8(ascii: "\n")]
    var scanner = try DelimitedScanner(bytes, separator: UInt8(ascii: ","), maximumRecordLength: 1 << 28)
    if more == 0 {
      #expect(try scanner.next() && scanner.fields.count == most)
    } else {
      #expect(throws: TableError.tooManyFields(line: 1, limit: most)) { try scanner.next() }
    }
  }

  @Test func passesTheSourcesErrorOn() {
    struct Failure: Error {}
    #expect(throws: Failure.self) { _ = try DelimitedScanner { throw Failure() } }
  }

  /// Whatever the bytes, the scanner ends or throws its own error.
  @Test func randomBytesNeverTrap() {
    var generator = SeededGenerator(seed: 6)
    let alphabet = Array("\"\",;\t\r\n\n ab0".utf8) + [0, 0xFF]
    for _ in 0..<3000 {
      let bytes = (0..<Int.random(in: 0...40, using: &generator)).map { _ in
        alphabet.randomElement(using: &generator)!
      }
      do {
        _ = try records(bytes, chunk: Int.random(in: 1...9, using: &generator), limit: 20)
      } catch {
        #expect(error is TableError)
      }
    }
  }
}
