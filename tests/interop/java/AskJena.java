import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.jena.query.Query;
import org.apache.jena.query.QueryExecution;
import org.apache.jena.query.QueryExecutionFactory;
import org.apache.jena.query.QueryFactory;
import org.apache.jena.query.ResultSetFormatter;
import org.apache.jena.rdf.model.Model;
import org.apache.jena.rdf.model.ModelFactory;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.riot.RDFLanguages;

/**
 * Reads every file of RDF in a folder with Apache Jena (FILE gives FILE.read, N-Triples), and answers every query there
 * from graph.ttl (NAME.rq gives NAME.srj, or NAME.answer.nt for a graph).
 */
public class AskJena {
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        try (var files = Files.newDirectoryStream(folder, "graph.{ttl,nt,rdf,jsonld}")) {
            for (Path path : files) {
                read(path);
            }
        }
        Model model = RDFDataMgr.loadModel(folder.resolve("graph.ttl").toString());
        try (var queries = Files.newDirectoryStream(folder, "*.rq")) {
            for (Path path : queries) {
                answer(model, path);
            }
        }
        System.out.println(model.size());
    }

    private static void read(Path path) throws Exception {
        Model model = ModelFactory.createDefaultModel();
        // Debian's package has no parser of JSON for Jena's newer reader of JSON-LD, which reads nothing at all with it.
        Lang lang = path.toString().endsWith(".jsonld") ? Lang.JSONLD10 : RDFLanguages.filenameToLang(path.toString());
        try (InputStream in = Files.newInputStream(path);
                OutputStream out = Files.newOutputStream(Path.of(path + ".read"))) {
            RDFDataMgr.read(model, in, lang);
            RDFDataMgr.write(out, model, Lang.NTRIPLES);
        }
    }

    private static void answer(Model model, Path path) throws Exception {
        Query query = QueryFactory.create(Files.readString(path));
        String suffix = query.isConstructType() ? ".answer.nt" : ".srj";
        Path target = Path.of(path.toString().replaceAll("\\.rq$", suffix));
        try (QueryExecution asked = QueryExecutionFactory.create(query, model);
                OutputStream out = Files.newOutputStream(target)) {
            if (query.isConstructType()) {
                RDFDataMgr.write(out, asked.execConstruct(), Lang.NTRIPLES);
            } else {
                ResultSetFormatter.outputAsJSON(out, asked.execSelect());
            }
        }
    }
}
