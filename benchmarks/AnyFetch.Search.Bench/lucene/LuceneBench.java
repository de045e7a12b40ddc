import java.io.*;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.util.*;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.core.WhitespaceTokenizer;
import org.apache.lucene.document.*;
import org.apache.lucene.index.*;
import org.apache.lucene.search.*;
import org.apache.lucene.store.MMapDirectory;

/**
 * Lucene over the bench's corpus: all words of a document in one field, permissions as a cached filter, three facets
 * counted from doc values. Prints a line for each measurement: name, p50, p99, hits.
 */
public final class LuceneBench {
    private static final int RUNS = 300;
    private static final String[] FACETS = {"type", "provider", "month"};

    public static void main(String[] args) throws IOException {
        Path corpus = Paths.get(args[0]);
        Path queries = Paths.get(args[1]);
        Path directory = Paths.get(args[2]);
        try (MMapDirectory index = new MMapDirectory(directory)) {
            ingest(index, corpus);
            long bytes = 0;
            for (String file : index.listAll())
                bytes += index.fileLength(file);
            System.out.printf(Locale.ROOT, "size\t%d%n", bytes);
            try (DirectoryReader reader = DirectoryReader.open(index)) {
                search(new IndexSearcher(reader), queries);
            }
        }
    }

    private static void ingest(MMapDirectory index, Path corpus) throws IOException {
        IndexWriterConfig config = new IndexWriterConfig(new ValuesAnalyzer());
        config.setRAMBufferSizeMB(64);
        long spent = 0;
        int count = 0;
        try (IndexWriter writer = new IndexWriter(index, config);
             BufferedReader lines = Files.newBufferedReader(corpus, StandardCharsets.UTF_8)) {
            List<Document> batch = new ArrayList<>();
            for (String line = lines.readLine(); ; line = lines.readLine()) {
                if (line != null)
                    batch.add(document(line.split("\t")));
                if (line == null || batch.size() == 2000) {
                    long began = System.nanoTime();
                    for (Document document : batch)
                        writer.addDocument(document);
                    spent += System.nanoTime() - began;
                    count += batch.size();
                    batch.clear();
                }
                if (line == null)
                    break;
            }
            long began = System.nanoTime();
            writer.commit();
            spent += System.nanoTime() - began;
        }
        System.out.printf(Locale.ROOT, "ingest\t%.0f%n", count / (spent / 1e9));
    }

    /** Words between spaces; no phrase reaches from one value of a document into the next. */
    private static final class ValuesAnalyzer extends Analyzer {
        @Override protected TokenStreamComponents createComponents(String field) {
            return new TokenStreamComponents(new WhitespaceTokenizer());
        }

        @Override public int getPositionIncrementGap(String field) {
            return 100;
        }
    }

    private static Document document(String[] fields) {
        Document document = new Document();
        document.add(new StringField("id", fields[0], Field.Store.YES));
        for (int i = 0; i < FACETS.length; i++)
            document.add(new NumericDocValuesField(FACETS[i], Long.parseLong(fields[1 + i])));
        document.add(new StringField("access", fields[4], Field.Store.NO));
        for (String value : fields[5].split("\\|"))
            document.add(new TextField("text", value, Field.Store.NO));
        return document;
    }

    private static void search(IndexSearcher searcher, Path queries) throws IOException {
        BooleanQuery.Builder allowed = new BooleanQuery.Builder();
        for (String group : new String[] {"all", "g0", "g2", "g4", "g6", "g8"})
            allowed.add(new TermQuery(new Term("access", group)), BooleanClause.Occur.SHOULD);
        Query filter = allowed.build();
        searcher.setQueryCache(new LRUQueryCache(100, 64L << 20, context -> true, Float.POSITIVE_INFINITY));
        searcher.setQueryCachingPolicy(new QueryCachingPolicy() {
            @Override public void onUse(Query query) { }
            @Override public boolean shouldCache(Query query) { return query.equals(filter); }
        });
        Map<String, List<Query>> classes = new LinkedHashMap<>();
        for (String line : Files.readAllLines(queries, StandardCharsets.UTF_8)) {
            String[] fields = line.split("\t");
            classes.computeIfAbsent(fields[0], name -> new ArrayList<>()).add(parse(fields[1], fields[2].split(" ")));
        }
        for (Map.Entry<String, List<Query>> one : classes.entrySet())
            measure(searcher, filter, one.getKey(), one.getValue());
    }

    private static Query parse(String kind, String[] words) {
        if (kind.equals("phrase"))
            return new PhraseQuery("text", words);
        if (kind.equals("prefix"))
            return new PrefixQuery(new Term("text", words[0]));
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        for (String word : words)
            all.add(new TermQuery(new Term("text", word)),
                kind.equals("or") ? BooleanClause.Occur.SHOULD : BooleanClause.Occur.MUST);
        return all.build();
    }

    private static void measure(IndexSearcher searcher, Query filter, String name, List<Query> queries)
        throws IOException {
        boolean isTopOnly = name.endsWith("top 20 only");
        double[] times = new double[RUNS];
        long hits = 0;
        for (int run = -RUNS; run < RUNS; run++) {
            Query query = new BooleanQuery.Builder()
                .add(queries.get(Math.floorMod(run, queries.size())), BooleanClause.Occur.MUST)
                .add(filter, BooleanClause.Occur.FILTER).build();
            long began = System.nanoTime();
            TopScoreDocCollector top = TopScoreDocCollector.create(20, isTopOnly ? 20 : Integer.MAX_VALUE);
            Facets facets = new Facets();
            searcher.search(query, isTopOnly ? top : MultiCollector.wrap(top, facets));
            ScoreDoc[] page = top.topDocs().scoreDocs;
            if (run >= 0) {
                times[run] = (System.nanoTime() - began) / 1e6;
                hits += isTopOnly ? page.length : facets.count;
            }
        }
        Arrays.sort(times);
        System.out.printf(Locale.ROOT, "%s\t%.3f\t%.3f\t%d%n", name, times[RUNS / 2], times[RUNS * 99 / 100], hits / RUNS);
    }

    /** Counts matches by type, provider and month. */
    private static final class Facets extends SimpleCollector {
        final int[][] counts = new int[FACETS.length][256];
        final NumericDocValues[] values = new NumericDocValues[FACETS.length];
        long count;

        @Override protected void doSetNextReader(LeafReaderContext context) throws IOException {
            for (int i = 0; i < FACETS.length; i++)
                values[i] = DocValues.getNumeric(context.reader(), FACETS[i]);
        }

        @Override public void collect(int doc) throws IOException {
            count++;
            for (int i = 0; i < FACETS.length; i++)
                if (values[i].advanceExact(doc))
                    counts[i][(int) values[i].longValue()]++;
        }

        @Override public ScoreMode scoreMode() {
            return ScoreMode.COMPLETE_NO_SCORES;
        }
    }
}
