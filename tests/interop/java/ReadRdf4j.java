import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.eclipse.rdf4j.model.impl.LinkedHashModel;
import org.eclipse.rdf4j.query.QueryLanguage;
import org.eclipse.rdf4j.query.parser.QueryParserUtil;
import org.eclipse.rdf4j.rio.RDFFormat;
import org.eclipse.rdf4j.rio.Rio;
import org.eclipse.rdf4j.rio.helpers.StatementCollector;

/** Reads every file of RDF in a folder with Eclipse RDF4J (FILE gives FILE.read, N-Triples), and parses every query. */
public class ReadRdf4j {
    private static final Map<String, RDFFormat> FORMATS = Map.of(
            "ttl", RDFFormat.TURTLE, "nt", RDFFormat.NTRIPLES, "rdf", RDFFormat.RDFXML, "jsonld", RDFFormat.JSONLD);

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        for (var suffix : FORMATS.keySet()) {
            read(folder.resolve("graph." + suffix), FORMATS.get(suffix));
        }
        int queries = 0;
        try (var files = Files.newDirectoryStream(folder, "*.rq")) {
            for (Path path : files) {
                QueryParserUtil.parseQuery(QueryLanguage.SPARQL, Files.readString(path), null);
                queries++;
            }
        }
        System.out.println(queries);
    }

    private static void read(Path path, RDFFormat format) throws Exception {
        var model = new LinkedHashModel();
        var parser = Rio.createParser(format);
        parser.setRDFHandler(new StatementCollector(model));
        try (InputStream in = Files.newInputStream(path);
                OutputStream out = Files.newOutputStream(Path.of(path + ".read"))) {
            parser.parse(in, "https://example.org/");
            Rio.write(model, out, RDFFormat.NTRIPLES);
        }
    }
}
