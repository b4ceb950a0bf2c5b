/// A kind of file that holds data and is no text, told by its first bytes.
public enum FileKind: String, Sendable, CaseIterable {
  case zip = "a zip archive"
  case workbook = "an Excel workbook"
  case oldWorkbook = "an old Excel workbook"
  case parquet = "a Parquet file"
  case feather = "an Arrow or Feather file"
  case hdf5 = "an HDF5 file"
  case sqlite = "an SQLite database"
  case bzip2 = "packed by bzip2"
  case xz = "packed by xz"
  case zstandard = "packed by zstd"
  case sevenZip = "a 7-Zip archive"
  case rar = "a RAR archive"
  case tar = "a tar archive"
  case gzip = "packed by gzip twice"
  case pdf = "a PDF document"
  case webPage = "a web page"

  /// The bytes that tell every kind.
  static let headLength = 512

  /// The kind of a file that begins with `head`; `nil` for text, and for what no format has.
  init?(head: [UInt8]) {
    func begins(_ text: String) -> Bool { head.starts(with: text.utf8) }
    func has(_ text: String, at place: Int) -> Bool { head.dropFirst(place).starts(with: text.utf8) }
    if head.starts(with: [0x50, 0x4B, 3, 4]) {
      // The name of the first entry begins at byte 30.
      let first = String(decoding: head.dropFirst(30).prefix(40), as: UTF8.self)
      // An archive of arrays is the business of whoever reads arrays.
      if first.contains(".npy") || head.count < 30 { return nil }
      self =
        first.hasPrefix("[Content_Types]") || first.hasPrefix("_rels/") || first.hasPrefix("xl/")
        ? .workbook : .zip
    } else if head.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
      self = .oldWorkbook
    } else if begins("PAR1") {
      self = .parquet
    } else if begins("ARROW1") || begins("FEA1") {
      self = .feather
    } else if head.starts(with: [0x89, 0x48, 0x44, 0x46]) {
      self = .hdf5
    } else if begins("SQLite format 3") {
      self = .sqlite
    } else if begins("BZh"), has("1AY&SY", at: 4) {
      self = .bzip2
    } else if head.starts(with: [0xFD, 0x37, 0x7A, 0x58, 0x5A]) {
      self = .xz
    } else if head.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) {
      self = .zstandard
    } else if head.starts(with: [0x37, 0x7A, 0xBC, 0xAF]) {
      self = .sevenZip
    } else if begins("Rar!") {
      self = .rar
    } else if has("ustar", at: 257) {
      self = .tar
    } else if head.starts(with: [0x1F, 0x8B]) {
      self = .gzip
    } else if begins("%PDF-") {
      self = .pdf
    } else if Self.isWebPage(head) {
      self = .webPage
    } else {
      return nil
    }
  }

  private static func isWebPage(_ head: [UInt8]) -> Bool {
    let start = head.drop { $0 <= 0x20 || $0 >= 0x80 }.prefix(16)
    let text = String(decoding: start, as: UTF8.self).lowercased()
    return ["<!doctype", "<html", "<head", "<?xml"].contains { text.hasPrefix($0) }
  }

  /// What was found and needed, and what to do with the file of this name.
  func words(file: String) -> String {
    "is \(rawValue), expected text such as CSV; \(remedy(file))"
  }

  private func remedy(_ file: String) -> String {
    func converted(_ reader: String) -> String {
      "convert it: python3 -c \"import pandas; pandas.\(reader)('\(file)').to_csv('bars.csv')\""
    }
    return switch self {
    case .zip: "unpack it: unzip '\(file)'"
    case .workbook, .oldWorkbook: "open it and save the sheet as CSV"
    case .parquet: converted("read_parquet")
    case .feather: converted("read_feather")
    case .hdf5: converted("read_hdf")
    case .sqlite: "export the table: sqlite3 -csv -header '\(file)' 'select * from TABLE'"
    case .bzip2: "unpack it: bunzip2 --keep '\(file)'"
    case .xz: "unpack it: unxz --keep '\(file)'"
    case .zstandard: "unpack it: unzstd '\(file)'"
    case .sevenZip: "unpack it: 7z x '\(file)'"
    case .rar: "unpack it: unrar x '\(file)'"
    case .tar: "unpack it: tar xf '\(file)'"
    case .gzip: "unpack it once: gunzip --keep '\(file)'"
    case .pdf: "export the table as CSV"
    case .webPage: "open it to see what it says, and download the data again"
    }
  }
}
