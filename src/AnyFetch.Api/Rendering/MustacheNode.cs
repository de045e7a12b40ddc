namespace AnyFetch.Api.Rendering;

/// <summary>A part of a parsed Mustache template.</summary>
internal abstract record MustacheNode;

/// <summary>Text that stays as it is.</summary>
internal sealed record MustacheText(string Text) : MustacheNode;

/// <summary><c>{{name}}</c>, or <c>{{{name}}}</c> when it is not escaped. The name is split at its dots.</summary>
internal sealed record MustacheVariable(string[] Path, bool IsEscaped) : MustacheNode;

/// <summary><c>{{#name}}…{{/name}}</c>, or <c>{{^name}}…{{/name}}</c> when it is inverted.</summary>
internal sealed record MustacheSection(string[] Path, bool IsInverted, IReadOnlyList<MustacheNode> Body) : MustacheNode;
