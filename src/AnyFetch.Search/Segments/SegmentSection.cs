namespace AnyFetch.Search.Segments;

/// <summary>The parts of a segment, in no order: the footer tells where each begins.</summary>
internal enum SegmentSection
{
    /// <summary>For each term its documents with their patterns, then its positions.</summary>
    Postings,

    /// <summary>The terms in order, in blocks with shared prefixes.</summary>
    TermBlocks,

    /// <summary>Where each block of terms begins: 32 bits from the beginning of the blocks.</summary>
    TermBlockStarts,

    /// <summary>The occurrence patterns by number.</summary>
    Patterns,

    /// <summary>Twelve bytes of document id for each row.</summary>
    Ids,

    /// <summary>A hash table from id to row.</summary>
    IdTable,

    /// <summary>Creation dates, in a unit that is exact.</summary>
    Created,

    /// <summary>Modification dates, in a unit that is exact.</summary>
    Modified,

    /// <summary>Number of the document type in this segment.</summary>
    Types,

    /// <summary>Number of the provider in this segment.</summary>
    Providers,

    /// <summary>Number of the access set in this segment; 0 is the whole company.</summary>
    Access,

    /// <summary>Months of the creation dates, from year 0.</summary>
    Months,

    /// <summary>Terms in the text, 65,535 for more.</summary>
    TextLengths,

    /// <summary>Terms in the other columns, 65,535 for more.</summary>
    FieldsLengths,

    /// <summary>One byte for each row, 1 for starred documents; empty when there are none.</summary>
    Starred,

    /// <summary>The document types by number, twelve bytes each.</summary>
    TypeValues,

    /// <summary>The providers by number, twelve bytes each.</summary>
    ProviderValues,

    /// <summary>The access sets from number 1 on: how many users, and twelve bytes for each.</summary>
    AccessValues,

    /// <summary>Which values that are compared exactly are there, nearly: a filter over their hashes.</summary>
    ExactValues,
}
