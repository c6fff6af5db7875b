// Latin letters and digits alone: one file of about 50 kB is fetched for our three languages.
import '@fontsource-variable/inter'
