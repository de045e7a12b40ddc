namespace AnyFetch.Search.Mapping;

/// <summary>What a mapped key holds; a value of another kind is left out of the index.</summary>
internal enum FieldType : byte
{
    /// <summary>Not mapped: text, numbers and what is below are taken as they come.</summary>
    Inferred,
    Text,
    Date,
    Integer,
    Boolean,
    Object,
}
