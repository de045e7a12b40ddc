using System.Runtime.InteropServices;

namespace AnyFetch.Search.Indexing;

/// <summary>
/// The functions that FTS5 offers to auxiliary functions (https://sqlite.org/fts5.html#custom_auxiliary_functions),
/// as laid out in <c>fts5.h</c>. Only those called here have a type.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly unsafe struct Fts5Api
{
    public readonly int Version;
    public readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, nint> UserData;
    public readonly nint ColumnCount;
    public readonly nint RowCount;
    public readonly nint ColumnTotalSize;
    public readonly nint Tokenize;
    public readonly nint PhraseCount;
    public readonly nint PhraseSize;
    public readonly nint InstCount;
    public readonly nint Inst;
    public readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, long> RowId;
    public readonly nint ColumnText;
    public readonly nint ColumnSize;
    public readonly nint QueryPhrase;
    public readonly nint SetAuxiliary;
    public readonly nint GetAuxiliary;
    public readonly delegate* unmanaged[Cdecl]<nint, int, Fts5PhraseIterator*, int*, int*, int> PhraseFirst;
    public readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, Fts5PhraseIterator*, int*, int*, void> PhraseNext;
}

/// <summary>FTS5's place in the positions of a phrase.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Fts5PhraseIterator
{
    public nint At;
    public nint End;
}
